// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Parsed;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessListTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "any                          | 192.0.2.1        |    | true",
                "none                         | 192.0.2.1        |    | false",
                "192.0.2.0/24                 | 192.0.2.255      |    | true",
                "192.0.2.0/24                 | 192.0.3.0        |    | false",
                "192.0.2.0/24                 | ::ffff:192.0.2.1 |    | true",
                "2001:db8::/32                | 2001:db8::1      |    | true",
                "2001:db8::1                  | 2001:db8::2      |    | false",
                "key:k                        | 192.0.2.1        | K. | true",
                "key:k                        | 192.0.2.1        |    | false",
                "192.0.2.0/24+key:k           | 192.0.2.1        | k. | true",
                "192.0.2.0/24+key:k           | 192.0.2.1        | l. | false",
                "192.0.2.0/24+key:k           | 192.0.3.1        | k. | false",
                "!192.0.2.1,192.0.2.0/24      | 192.0.2.1        |    | false",
                "!192.0.2.1, 192.0.2.0/24     | 192.0.2.2        |    | true",
                "!key:bad,any                 | 192.0.2.2        | k. | true",
            })
    void theFirstRuleThatMeansSomebodyDecides(
            String text, String client, String key, boolean allowed) {
        AccessList list = AccessList.parse(text).orThrow();
        DnsName name = key == null ? null : DnsName.of(key);
        assertThat(list.allows(IpAddress.of(client), name)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2",
                "192.0.2.0/33",
                "any,",
                "key",
                "192.0.2.1+k",
                "key:a..b",
                "!"
            })
    void whatIsNoRuleIsRefused(String text) {
        assertThat(AccessList.parse(text)).isInstanceOf(Parsed.Malformed.class);
    }
}
