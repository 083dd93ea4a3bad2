// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class VectorSumTest {
    @Property
    void vectorsSumUpToWhatWordsDo(
            @ForAll @Size(max = 2000) byte[] octets, @ForAll @IntRange(max = 63) int from) {
        int at = Math.min(from, octets.length);
        int len = VectorSum.width(octets.length - at);
        assertThat(VectorSum.of(octets, at, len)).isEqualTo(HeapMemory.sumOfInts(octets, at, len));
    }
}
