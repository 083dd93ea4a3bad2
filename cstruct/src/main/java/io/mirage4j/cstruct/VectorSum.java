// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [HeapMemory#sumOfInts] by the Vector API, which incubates: only where a JVM is started with
/// `--add-modules jdk.incubator.vector -Dmirage.cstruct.vector=true`. The loop of `HeapMemory` is
/// left to the compiler, which makes vectors of it or not; here they are spelled out. Without the
/// switch this class is never initialised, so that nobody needs the module.
///
/// For octets on the heap only: each vector read from a segment is checked by itself, which costs
/// twice what the plain loop does.
final class VectorSum {
    private static final VectorSpecies<Byte> OCTETS = ByteVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> WORDS = LongVector.SPECIES_PREFERRED;
    private static final int WIDTH = OCTETS.length();

    // Lanes of 64 bits take the halves of 2^31 words before one could overflow.

    /// The sum of octets on the heap, as many as [#width] says.
    static long of(byte[] heap, int at, int len) {
        LongVector low = LongVector.zero(WORDS);
        LongVector high = LongVector.zero(WORDS);
        for (int i = 0; i < len; i += WIDTH) {
            LongVector words = ByteVector.fromArray(OCTETS, heap, at + i).reinterpretAsLongs();
            low = low.add(words.and(0xffff_ffffL));
            high = high.add(words.lanewise(VectorOperators.LSHR, Integer.SIZE));
        }
        return low.add(high).reduceLanes(VectorOperators.ADD);
    }

    /// The largest part of `len` octets that [#of] sums.
    static int width(int len) {
        return len / WIDTH * WIDTH;
    }

    private VectorSum() {}
}
