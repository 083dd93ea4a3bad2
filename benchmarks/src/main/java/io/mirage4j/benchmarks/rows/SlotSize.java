// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

/// The slots that are measured: as small as a ring has them, and as large as those of blkif.
enum SlotSize {
    SMALL("small", 12),
    LARGE("large", 112);

    final String name;
    final int octets;

    SlotSize(String name, int octets) {
        this.name = name;
        this.octets = octets;
    }
}
