// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;

class DatagramTest {
    @Test
    void aNewEnvelopeIsEmptyAndGoesNowhere() {
        Datagram datagram = Datagram.create(10);
        assertThat(datagram.length()).isZero();
        assertThat(datagram.remote()).hasToString("0.0.0.0:0");
        assertThat(datagram.local()).isNull();
    }

    @Test
    void thePayloadIsAWindowIntoTheBuffer() {
        Cstruct buffer = Cstruct.create(10);
        Datagram datagram = Datagram.over(buffer).length(3);
        datagram.payload().fill(7);
        assertThat(buffer.u32be(0)).isEqualTo(0x07070700);
    }

    @Test
    void lengthsBeyondTheBufferAreRefused() {
        Datagram datagram = Datagram.create(10);
        assertThatThrownBy(() -> datagram.length(11)).hasMessage("length 11 is not in 0..10");
        assertThatThrownBy(() -> datagram.length(-1)).hasMessage("length -1 is not in 0..10");
    }
}
