// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

/// The memory of an octet ring.
final class Octets {
    static int mask(Cstruct data) {
        int size = data.length();
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("ring of " + size + " octets, not a power of two");
        }
        return size - 1;
    }

    static Cstruct page(Cstruct page, int octets) {
        if (page.length() < octets) {
            throw new IllegalArgumentException("page of " + page.length() + " octets < " + octets);
        }
        return page;
    }

    private Octets() {}
}
