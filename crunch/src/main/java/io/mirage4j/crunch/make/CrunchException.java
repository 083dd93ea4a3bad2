// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import java.io.IOException;
import java.util.List;

/// What can not be crunched: every fault, each naming its file.
public final class CrunchException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient List<String> faults;

    CrunchException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
