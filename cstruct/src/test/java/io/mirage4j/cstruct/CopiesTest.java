// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CopiesTest {
    @Property
    void eachIsWhatAPlainLoopMakes(@ForAll byte[] octets, @ForAll Ground ground) {
        Cstruct w = ground.window(octets);
        byte[] reversed = new byte[octets.length];
        byte[] inverted = new byte[octets.length];
        byte[] added = new byte[octets.length];
        int kept = 0;
        byte[] odd = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            reversed[i] = octets[octets.length - 1 - i];
            inverted[i] = (byte) ~octets[i];
            added[i] = (byte) (octets[i] + i);
            if (octets[i] % 2 != 0) {
                odd[kept++] = octets[i];
            }
        }
        assertThat(Copies.rev(w).toByteArray()).isEqualTo(reversed);
        assertThat(Copies.map(w, octet -> ~octet).toByteArray()).isEqualTo(inverted);
        assertThat(Copies.mapIndexed(w, Integer::sum).toByteArray()).isEqualTo(added);
        Cstruct expected = Cstruct.of(odd, 0, kept);
        assertThat(Copies.filter(w, octet -> octet % 2 == 1)).isEqualTo(expected);
        assertThat(Copies.filterMap(w, octet -> octet % 2 == 1 ? octet : -1)).isEqualTo(expected);
        assertThat(w.toByteArray()).isEqualTo(octets);
    }

    @Property
    void aCopySharesNothing(@ForAll byte[] octets, @ForAll Ground ground) {
        Cstruct w = ground.window(octets);
        Cstruct copy = Copies.copy(w);
        Cstruct part = Copies.copy(w, octets.length / 2, octets.length - octets.length / 2);
        w.fill(0x55);
        assertThat(copy.toByteArray()).isEqualTo(octets);
        assertThat(part).isEqualTo(copy.shift(octets.length / 2));
        assertThat(Copies.append(copy, part).sub(0, octets.length)).isEqualTo(copy);
    }
}
