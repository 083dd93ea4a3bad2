// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

/// Why a ring was stopped: the peer stored `value` in the field `index`, where a right one lies at
/// most `limit` past `base`, counted round the width of the field. The numbers are unsigned.
public record Faulty(String index, long value, long base, long limit) {
    /// A fault of a 32-bit index.
    static Faulty ofU32(String index, int value, int base, int limit) {
        return new Faulty(
                index,
                Integer.toUnsignedLong(value),
                Integer.toUnsignedLong(base),
                Integer.toUnsignedLong(limit));
    }

    @Override
    public String toString() {
        return index
                + " "
                + Long.toUnsignedString(value)
                + " is not within "
                + Long.toUnsignedString(limit)
                + " past "
                + Long.toUnsignedString(base);
    }
}
