// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlFindingsTest {
    /// The examples of the standard's table of validation errors, 1.1.
    @ParameterizedTest
    @CsvSource({
        "https://exa%23mple.org, 'domain-percent-encoded at 8, domain-to-ASCII at 8'",
        "https://exam%70le.org, domain-percent-encoded at 8",
        "foo://exa[mple.org, host-invalid-code-point at 9",
        "https://127.0.0.1./, 'domain-to-ASCII at 18, IPv4-empty-part at 8'",
        "https://1.2.3/, IPv4-too-few-parts at 8",
        "https://1.2.3.4.5/, IPv4-too-many-parts at 8",
        "https://test.42, 'IPv4-too-few-parts at 8, IPv4-non-numeric-part at 8'",
        "https://127.0.0x0.1, IPv4-non-decimal-part at 8",
        "https://255.255.4000.1, IPv4-out-of-range-part at 8",
        "https://[::1, IPv6-unclosed at 12",
        "https://[:1], IPv6-invalid-compression at 9",
        "https://[1:2:3:4:5:6:7:8:9], IPv6-too-many-pieces at 25",
        "https://[1::1::1], IPv6-multiple-compression at 14",
        "https://[1:2:3!:4], IPv6-invalid-code-point at 14",
        "https://[1:2:3:], IPv6-invalid-code-point at 15",
        "https://[1:2:3], IPv6-too-few-pieces at 14",
        "https://[::01], IPv6-piece-leading-zero at 11",
        "https://[1:1:1:1:1:1:1:127.0.0.1], IPv4-in-IPv6-too-many-pieces at 23",
        "https://[ffff::.0.0.1], IPv4-in-IPv6-invalid-code-point at 15",
        "https://[ffff::127.0.xyz.1], IPv4-in-IPv6-invalid-code-point at 21",
        "https://[ffff::127.0xyz], IPv4-in-IPv6-invalid-code-point at 20",
        "https://[ffff::127.00.0.1], IPv4-in-IPv6-invalid-code-point at 20",
        "https://[ffff::127.0.0.1.2], IPv4-in-IPv6-invalid-code-point at 24",
        "https://[ffff::127.0.0.4000], IPv4-in-IPv6-out-of-range-part at 25",
        "https://[ffff::127.0.0], IPv4-in-IPv6-too-few-parts at 22",
        "https://example.org/>, invalid-URL-unit at 20",
        "' https://example.org ', 'invalid-URL-unit at 0, invalid-URL-unit at 20'",
        "'ht\ntps://example.org', invalid-URL-unit at 2",
        "https://example.org/%s, invalid-URL-unit at 20",
        "https:example.org, special-scheme-missing-following-solidus at 6",
        "file:c:/my-secret-folder, special-scheme-missing-following-solidus at 5",
        "💩, missing-scheme-non-relative-URL at 0",
        "https://example.org\\path\\to\\file, 'invalid-reverse-solidus at 19,"
                + " invalid-reverse-solidus at 24, invalid-reverse-solidus at 27'",
        "https://user@example.org, invalid-credentials at 12",
        "ssh://user@example.org, invalid-credentials at 10",
        "https://#fragment, host-missing at 8",
        "https://:443, host-missing at 8",
        "https://user:pass@, 'invalid-credentials at 17, host-missing at 18'",
        "https://example.org:70000, port-out-of-range at 20",
        "https://example.org:7z, port-invalid at 21",
        "file://c:, file-invalid-Windows-drive-letter-host at 7"
    })
    void everyValidationErrorIsFound(String text, String findings) {
        assertThat(Url.findings(text)).hasToString("[" + findings + "]");
    }

    @Test
    void aDriveLetterRelativeToAFileIsFound() {
        var options = UrlOptions.DEFAULT.withBase(Url.of("file:///c:/"));
        assertThat(Url.findings("c:/path/to/file", options)).isNotNull();
        assertThat(Url.findings("C|/path", options))
                .extracting(UrlFinding::error)
                .startsWith(ValidationError.FILE_INVALID_WINDOWS_DRIVE_LETTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/a?b#c",
                "https://bücher.example/ä?ö#ü",
                "https://1.2.3.4:80/",
                "https://[1:2::3]/%20",
                "file:///c:/a",
                "mailto:me@a.example",
                "web://a.b/c"
            })
    void aValidUrlStringHasNone(String text) {
        assertThat(Url.findings(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a_b.example/, domain-to-ASCII at 8",
        "https://a.-b.example/, domain-to-ASCII at 10",
        "https://xn--8i7caa.example/, domain-to-ASCII at 8",
        "web://a b/, host-invalid-code-point at 7",
        "web://a%zz/, invalid-URL-unit at 7",
        "web:a b, invalid-URL-unit at 5"
    })
    void whatIsParsedMayStillNotBeValid(String text, String findings) {
        assertThat(Url.findings(text)).hasToString("[" + findings + "]");
    }

    @Test
    void whatEndsTheParsingComesLast() {
        assertThat(Url.findings("http://a\\@b^/"))
                .extracting(UrlFinding::error)
                .containsExactly(
                        ValidationError.INVALID_REVERSE_SOLIDUS, ValidationError.INVALID_URL_UNIT);
        assertThat(Url.findings(" http://a b:c/"))
                .extracting(UrlFinding::error)
                .containsExactly(ValidationError.INVALID_URL_UNIT, ValidationError.DOMAIN_TO_ASCII);
    }
}
