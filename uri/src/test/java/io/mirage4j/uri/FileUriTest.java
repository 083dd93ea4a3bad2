// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileUriTest {
    @ParameterizedTest
    @CsvSource({
        "file:///etc/motd, '', /etc/motd",
        "file:/etc/motd, '', /etc/motd",
        "FILE://localhost/a%20b, '', /a b",
        "file://server/share/x, server, /share/x",
        "file:///C:/x, '', /C:/x",
        "file:///c|/x, '', /c:/x",
        "file:c:/x, '', /c:/x",
        "file:///%C3%A9, '', /é",
        "file:////server/share, '', //server/share",
        "file:///a%3Fb, '', /a?b",
        "file:///, '', /",
    })
    void hostAndPathAreRead(String text, String host, String path) {
        // The bar of old is no character of a URI.
        Uri uri = ((Repaired) Uri.parseLenient(text)).uri();
        assertThat(FileUri.of(uri)).isEqualTo(new FileUri(host, path));
    }

    @ParameterizedTest
    @CsvSource({
        "http:///a, 0", "file://u@h/a, 7", "file://h:1/a, 7", "file:///a?q, 9", "file:a, 5",
        "file:, 5", "file://h, 8", "file:///a%2Fb, 9", "file:///a%00, 9", "file:///%41%FFb, 11"
    })
    void whatIsNoFileIsAnErrorWithAPosition(String text, int position) {
        assertThat(FileUri.of(Uri.of(text)))
                .isInstanceOfSatisfying(
                        UriError.class, error -> assertThat(error.position()).isEqualTo(position));
    }

    @Test
    void pathsOfWindowsAreTranslated() {
        assertThat(FileUri.ofWindowsPath("C:\\a b").toUri()).hasToString("file:///C:/a%20b");
        assertThat(FileUri.ofWindowsPath("\\\\server\\share\\x").toUri())
                .hasToString("file://server/share/x");
        assertThat(FileUri.ofWindowsPath("C:\\a b").windowsPath()).isEqualTo("C:\\a b");
        assertThat(FileUri.ofWindowsPath("\\\\s\\t").windowsPath()).isEqualTo("\\\\s\\t");
        assertThatThrownBy(() -> FileUri.ofWindowsPath("a\\b")).hasMessageContaining("absolute");
        assertThatThrownBy(() -> FileUri.ofWindowsPath("\\\\s")).hasMessageContaining("no share");
        assertThatThrownBy(() -> FileUri.ofWindowsPath("\\\\\\s\\t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no server: \\\\\\s\\t");
    }

    @ParameterizedTest
    @CsvSource({
        "file:////evil.example/share/x, it would name a server: //evil.example/share/x",
        "file://localhost//evil.example/x, it would name a server: //evil.example/x",
        "file:///C:/site%5C..%5C..%5CWindows, a name has a backslash: /C:/site\\..\\..\\Windows",
        "file:///%5C%5Cevil.example/x, a name has a backslash: /\\\\evil.example/x",
        "file://server/share/..%5Cx, a name has a backslash: /share/..\\x",
    })
    void whatWindowsWouldReadAsAnotherFileHasNoPathThere(String text, String reason) {
        FileUri file = (FileUri) FileUri.of(Uri.of(text).normalize());
        assertThatThrownBy(file::windowsPath)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no path of Windows, " + reason);
    }

    @Test
    void aPathMustBeAbsolute() {
        assertThatThrownBy(() -> FileUri.ofPath("a")).hasMessage("no absolute path: a");
        assertThatThrownBy(() -> FileUri.ofPath("/a\0b")).hasMessageContaining("no absolute path");
        assertThatThrownBy(() -> new FileUri("a b", "/")).hasMessage("no host: a b");
    }

    @Property
    void pathsComeBack(@ForAll String text) {
        String scalar = PercentSet.decode(PercentSet.UNRESERVED.encode(text)).replace("\0", "");
        FileUri file = FileUri.ofPath("/x/" + scalar);
        assertThat(FileUri.of(file.toUri())).isEqualTo(file);
    }
}
