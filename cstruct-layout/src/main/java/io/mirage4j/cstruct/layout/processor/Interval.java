// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

/// The values from `min` to `max`; those of an unsigned 64-bit field are compared as unsigned.
record Interval(long min, long max, boolean unsigned64) {
    static Interval ofBits(int bits, boolean signed) {
        if (signed) return new Interval(-1L << (bits - 1), (1L << (bits - 1)) - 1, false);
        return bits == 64 ? new Interval(0, -1, true) : new Interval(0, (1L << bits) - 1, false);
    }

    boolean contains(long value) {
        return unsigned64 || (min <= value && value <= max);
    }

    @Override
    public String toString() {
        return unsigned64
                ? Long.toUnsignedString(min) + ".." + Long.toUnsignedString(max)
                : min + ".." + max;
    }
}
