// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Bearer (RFC 6750) and Digest (RFC 7616).
class AuthenticationTest {
    private static final String REALM = "http-auth@example.org";
    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final DigestCredentials MUFASA =
            new DigestCredentials(new BasicCredentials("Mufasa", "Circle of Life"));

    @Test
    void bearerIsAToken68() {
        assertThat(new BearerToken("mF_9.B5f-4.1JqM").emit()).isEqualTo("Bearer mF_9.B5f-4.1JqM");
        assertThat(BearerToken.parse("bearer mF_9.B5f-4.1JqM"))
                .contains(new BearerToken("mF_9.B5f-4.1JqM"));
        assertThat(BearerToken.parse("Bearer a=b")).isEmpty();
        assertThat(BearerToken.parse("Basic YTpi")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new BearerToken("a b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new BearerToken(""));
        assertThat(new BearerToken("secret")).asString().doesNotContain("secret");
    }

    @Test
    void digestIsThatOfTheExampleInSection391() {
        assertThat(answered(MUFASA, "SHA-256"))
                .containsEntry(
                        "response",
                        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")
                .containsEntry("username", "Mufasa")
                .containsEntry("realm", REALM)
                .containsEntry("uri", "/dir/index.html")
                .containsEntry("nc", "00000001")
                .containsEntry("qop", "auth")
                .containsEntry("algorithm", "SHA-256")
                .containsEntry("opaque", "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS");
        assertThat(answered(MUFASA, "MD5"))
                .containsEntry("response", "8ca523f5e9506fed4657c9700eebdbec");
    }

    @Test
    void bestAlgorithmIsAnsweredAndOthersPassedOver() {
        assertThat(DigestCredentials.best(List.of(challenge("MD5"), challenge("SHA-256"))))
                .contains(challenge("SHA-256"));
        assertThat(DigestCredentials.best(List.of(challenge("SHA-512-256-sess"), challenge("MD5"))))
                .contains(challenge("SHA-512-256-sess"));
        assertThat(DigestCredentials.best(List.of(challenge("SHA-3")))).isEmpty();
        var integrity = Map.of("realm", "r", "nonce", "n", "qop", "auth-int");
        assertThat(DigestCredentials.best(List.of(new Challenge("Digest", "", integrity))))
                .isEmpty();
        assertThat(DigestCredentials.best(List.of(Challenge.of("Basic", "r")))).isEmpty();
    }

    @Test
    void userNameBeyondAsciiIsAnExtendedValue() {
        // RFC 7616, 3.4 and RFC 8187.
        var jason = new DigestCredentials(new BasicCredentials("J\u00e4s\u00f8n Doe", "?"));
        assertThat(jason.answer(challenge("SHA-256"), Method.GET, "/", "c"))
                .contains("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe")
                .doesNotContain("username=");
    }

    private static Map<String, String> answered(DigestCredentials known, String algorithm) {
        String answer = known.answer(challenge(algorithm), Method.GET, "/dir/index.html", CNONCE);
        return Challenge.parseCredentials(answer).orElseThrow().parameters();
    }

    private static Challenge challenge(String algorithm) {
        return new Challenge(
                "Digest",
                "",
                Map.of(
                        "realm", REALM,
                        "nonce", NONCE,
                        "qop", "auth, auth-int",
                        "algorithm", algorithm,
                        "opaque", "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"));
    }
}
