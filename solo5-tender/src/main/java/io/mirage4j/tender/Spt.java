// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import java.io.IOException;
import java.util.List;

final class Spt {
    static int run(List<String> words, boolean mayReplaceProcess) throws IOException {
        throw new IOException("spt: not yet");
    }
}
