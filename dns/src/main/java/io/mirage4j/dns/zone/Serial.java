// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

/// The numbers of a zone's versions, which go round (RFC 1982).
public final class Serial {
    /// Whether `a` is a later version than `b`. Two that are half of all numbers apart are not.
    public static boolean isAfter(int a, int b) {
        return a - b > 0;
    }

    /// The version behind `serial` that dynamic updates make; 0 is left out, since it is what some
    /// take for none (RFC 2136, 7.11).
    public static int next(int serial) {
        return serial == -1 ? 1 : serial + 1;
    }

    private Serial() {}
}
