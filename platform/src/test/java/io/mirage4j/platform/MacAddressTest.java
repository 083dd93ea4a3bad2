// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacAddressTest {
    @ParameterizedTest
    @CsvSource({
        "00:16:3e:00:00:01, 00:16:3e:00:00:01",
        "AA-BB-CC-DD-EE-FF, aa:bb:cc:dd:ee:ff",
        "ff:ff:ff:ff:ff:ff, ff:ff:ff:ff:ff:ff",
    })
    void bothSeparatorsAreReadAndOneIsWritten(String text, String canonical) {
        assertThat(MacAddress.of(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                   hexadecimal digit expected, 0",
        "00:16:3e:00:00,       ':' expected, 14",
        "00:16:3e:00:00:0,     hexadecimal digit expected, 16",
        "00:16:3e:00:00:01:02, nothing more expected, 17",
        "00:16-3e:00:00:01,    ':' expected, 5",
        "00-16:3e-00-00-01,    '-' expected, 5",
        "0:16:3e:00:00:01,     hexadecimal digit expected, 1",
        "00:16:3g:00:00:01,    hexadecimal digit expected, 7",
        "00163e000001,         ':' expected, 2",
        "0016.3e00.0001,       ':' expected, 2",
    })
    void whatIsNoAddressIsRefusedWithThePlace(String text, String reason, int position) {
        assertThat(MacAddress.parse(text)).isEqualTo(new Parsed.Malformed<>(reason, position));
    }

    @Test
    void theFirstOctetTellsGroupsAndWhoGaveTheAddress() {
        MacAddress made = MacAddress.of("00:16:3e:00:00:01");
        assertThat(made.isMulticast()).isFalse();
        assertThat(made.isLocallyAdministered()).isFalse();
        assertThat(MacAddress.of("02:00:00:00:00:01").isLocallyAdministered()).isTrue();
        assertThat(MacAddress.of("33:33:00:00:00:01").isMulticast()).isTrue();
        assertThat(MacAddress.of("33:33:00:00:00:01").isBroadcast()).isFalse();
        assertThat(MacAddress.BROADCAST.isMulticast()).isTrue();
        assertThat(MacAddress.BROADCAST.isBroadcast()).isTrue();
    }

    @Test
    void moreThan48BitsAreRefused() {
        assertThatThrownBy(() -> new MacAddress(1L << 48))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address 1000000000000 > ffffffffffff");
        assertThatThrownBy(() -> new MacAddress(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void textAndOctetsAreReadBack(@ForAll @LongRange(min = 0, max = 0xffff_ffff_ffffL) long bits) {
        var address = new MacAddress(bits);
        assertThat(MacAddress.of(address.toString())).isEqualTo(address);
        Cstruct buf = Cstruct.create(8);
        address.write(buf, 1);
        assertThat(MacAddress.read(buf, 1)).isEqualTo(address);
        assertThat(buf.u64be(0)).isEqualTo(bits << 8);
    }
}
