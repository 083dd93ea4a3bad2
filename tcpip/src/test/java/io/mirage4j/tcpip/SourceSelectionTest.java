// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.tcpip.LocalAddress.Origin;
import io.mirage4j.tcpip.LocalAddress.State;
import io.mirage4j.tcpip.wire.Addresses;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of RFC 6724, 10.1, and one for each rule.
class SourceSelectionTest {
    @ParameterizedTest(name = "to {0}: {2} rather than {1}")
    @CsvSource({
        // rule 2: prefer the appropriate scope
        "2001:db8:1::1, fe80::1, 2001:db8:3::1",
        "ff05::1, fe80::1, 2001:db8:3::1",
        // rule 1: prefer the same address
        "2001:db8:1::1, 2001:db8:2::1 deprecated, 2001:db8:1::1 deprecated",
        // rule 2
        "fe80::1, 2001:db8:1::1, fe80::2 deprecated",
        // rule 8: longest matching prefix
        "2001:db8:1::1, 2001:db8:3::2, 2001:db8:1::2",
        // rule 6: prefer the matching label
        "2002:c633:6401::1, 2001:db8:1::2, 2002:c633:6401::d5e3:7953:13eb:22e8",
        // rule 7: prefer temporary addresses
        "2001:db8:1::d5e3:0:0:1, 2001:db8:1::2, 2001:db8:1::d5e3:7953:13eb:22e8 temporary",
        // rule 3: avoid deprecated addresses
        "2001:db8:1::1, 2001:db8:1::2 deprecated, 2001:db8:2::1",
        // rule 8 in IPv4
        "10.1.2.3, 192.168.0.1, 10.1.0.1",
        // rule 2 in IPv4
        "8.8.8.8, 169.254.1.1, 10.0.0.1",
        "169.254.7.7, 10.0.0.1, 169.254.1.1",
    })
    void theRulesOfTheRfcDecide(String destination, String worse, String better) {
        LocalAddress a = local(worse);
        LocalAddress b = local(better);
        IpAddress to = IpAddress.of(destination);
        long high = Addresses.high(to);
        long low = Addresses.low(to);
        assertThat(SourceSelection.compare(b, a, high, low)).isPositive();
        assertThat(SourceSelection.compare(a, b, high, low)).isNegative();
        assertThat(SourceSelection.compare(a, a, high, low)).isZero();
    }

    private static LocalAddress local(String text) {
        String[] words = text.split(" ");
        IpAddress address = IpAddress.of(words[0]);
        boolean temporary = words.length > 1 && words[1].equals("temporary");
        var prefix = new IpPrefix(address, address.lengthOctets() == 4 ? 16 : 64);
        LocalAddress local = LocalAddress.of(prefix, temporary ? Origin.TEMPORARY : Origin.STATIC);
        local.state =
                words.length > 1 && words[1].equals("deprecated")
                        ? State.DEPRECATED
                        : State.PREFERRED;
        return local;
    }
}
