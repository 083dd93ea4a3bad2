// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.platform.Kv;
import io.mirage4j.platform.memory.MemoryKv;

/// Nothing to include.
final class NoFiles {
    static final Kv INSTANCE = new MemoryKv();

    private NoFiles() {}
}
