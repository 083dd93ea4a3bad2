// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// The parts of a message, in their order (RFC 1035, 4.1); an update calls them zone, prerequisite,
/// update and additional (RFC 2136, 2).
public enum Section {
    QUESTION(0),
    ANSWER(1),
    AUTHORITY(2),
    ADDITIONAL(3);

    private final int index;

    Section(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    /// Where the header has the number of entries.
    int countOff() {
        return 4 + 2 * index;
    }
}
