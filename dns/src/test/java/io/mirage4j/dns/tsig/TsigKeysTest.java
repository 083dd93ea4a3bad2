// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tsig;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Parsed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsigKeysTest {
    @Test
    void statementsOfBindAreRead() {
        String text =
                """
                # one
                key "One.Example" {
                    algorithm hmac-sha256; // the usual one
                    secret "c2VjcmV0";
                };
                /* and
                   another */
                key two { secret c2VjcmV0; algorithm HMAC-SHA512-256; };
                """;
        TsigKeys keys = TsigKeys.parse(text).orThrow();
        TsigKey one = keys.get(DnsName.of("one.example."));
        assertThat(one.algorithm()).isEqualTo(TsigAlgorithm.HMAC_SHA256);
        assertThat(one.secret()).hasToString("736563726574");
        assertThat(one.macOctets()).isEqualTo(32);
        assertThat(keys.get(DnsName.of("two.")).macOctets()).isEqualTo(32);
        assertThat(keys.all()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key one { algorithm hmac-md5; secret \"c2VjcmV0\"; };",
                "key one { algorithm hmac-sha256; secret \"\"; };",
                "key one { algorithm hmac-sha256; };",
                "key one { secret \"c2VjcmV0\"; };",
                "key one { algorithm hmac-sha256; secret \"c2VjcmV0\" };",
                "key one { algorithm hmac-sha256; secret \"c2VjcmV0\"; }",
                "key one { algorithm hmac-sha256; secret \"c2VjcmV0",
                "key one { algorithm hmac-sha256-64; secret \"c2VjcmV0\"; };",
                "key one { algorithm hmac-sha256-512; secret \"c2VjcmV0\"; };",
                "key one { algorithm hmac-sha256; secret \"not base64!\"; };",
                "key one",
                "zone one { };",
            })
    void whatIsNoStatementIsRefused(String text) {
        assertThat(TsigKeys.parse(text)).isInstanceOf(Parsed.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one:hmac-sha256:c2VjcmV0",
                "hmac-sha256:one:c2VjcmV0",
                "One.:HMAC-SHA256:c2VjcmV0"
            })
    void aKeyMayStandInOneWord(String text) {
        TsigKey key = TsigKey.parse(text).orThrow();
        assertThat(key.name()).isEqualTo(DnsName.of("one."));
        assertThat(key.secret()).hasToString("736563726574");
        assertThat(key.toString()).isEqualTo("one. hmac-sha256");
    }

    @Test
    void nothingIsNoKey() {
        assertThat(TsigKeys.parse("").orThrow().all()).isEmpty();
        assertThat(TsigKey.parse("one:c2VjcmV0")).isInstanceOf(Parsed.Malformed.class);
    }
}
