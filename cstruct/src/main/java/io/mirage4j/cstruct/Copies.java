// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/// What makes new octets out of windows, beside [Cstruct#concat]: each result is a heap window of
/// its own, and nothing that was given changes. What gets by without a copy is in [Substrings] and
/// [Rope].
///
/// Functions get an octet, 0 to 255, and of what they return the low eight bits count.
public final class Copies {
    /// The `len` octets from `off`, over memory of their own.
    public static Cstruct copy(ReadOnlyCstruct w, int off, int len) {
        return Cstruct.of(w.toByteArray(off, len));
    }

    /// All octets, over memory of their own.
    public static Cstruct copy(ReadOnlyCstruct w) {
        return Cstruct.of(w.toByteArray());
    }

    /// The octets of both, one after the other.
    public static Cstruct append(ReadOnlyCstruct left, ReadOnlyCstruct right) {
        return Cstruct.concat(List.of(left, right));
    }

    /// The octets in reverse order.
    public static Cstruct rev(ReadOnlyCstruct w) {
        return mapIndexed(w, (at, octet) -> w.u8(w.length() - 1 - at));
    }

    /// What `f` makes of each octet, in order.
    public static Cstruct map(ReadOnlyCstruct w, IntUnaryOperator f) {
        return mapIndexed(w, (at, octet) -> f.applyAsInt(octet));
    }

    /// What `f` makes of each offset and the octet there, in order.
    public static Cstruct mapIndexed(ReadOnlyCstruct w, IntBinaryOperator f) {
        byte[] made = new byte[w.length()];
        for (int at = 0; at < made.length; at++) {
            made[at] = (byte) f.applyAsInt(at, w.u8(at));
        }
        return Cstruct.of(made);
    }

    /// The octets that are wanted, in order.
    public static Cstruct filter(ReadOnlyCstruct w, IntPredicate wanted) {
        return filterMap(w, octet -> wanted.test(octet) ? octet : -1);
    }

    /// What `f` makes of each octet, in order; where that is negative, nothing.
    public static Cstruct filterMap(ReadOnlyCstruct w, IntUnaryOperator f) {
        byte[] made = new byte[w.length()];
        int count = 0;
        for (int at = 0; at < w.length(); at++) {
            int octet = f.applyAsInt(w.u8(at));
            if (octet >= 0) {
                made[count++] = (byte) octet;
            }
        }
        return Cstruct.of(made, 0, count);
    }

    private Copies() {}
}
