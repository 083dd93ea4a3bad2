// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class LenientParserTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                " http://h/ |http://h/",
                "<http://h/>|http://h/",
                "<URL:http://h/>|http://h/",
                " < url:http://h/a b > |url:http://h/a%20b",
                "http://h/a\tb\t|http://h/ab",
                "http:\\\\h\\a\\b?c\\d|http://h/a/b?c%5Cd",
                "x:\\a|x:%5Ca",
                "\\\\server\\share|%5C%5Cserver%5Cshare",
                "http://h/a b\"c<d>e|http://h/a%20b%22c%3Cd%3Ee",
                "http://h/é😀|http://h/%C3%A9%F0%9F%98%80",
                "http://h/100%/%zz/%41|http://h/100%25/%25zz/%41",
                "http://a@b@c/|http://a%40b@c/",
                "http://h:x/|http://h%3Ax/",
                "http://h:1:2/|http://h%3A1:2/",
                "http://[::g]:80/|http://%5B%3A%3Ag%5D:80/",
                "http://[::1/|http://%5B%3A%3A1/",
                "http://[fe80::1%eth0]:80/|http://[fe80::1%25eth0]:80/",
                "http://[fe80::1%25e 0]/|http://[fe80::1%25e%200]/",
                "http://[fe80::1%]/|http://%5Bfe80%3A%3A1%25%5D/",
                "http://[::1]x/|http://%5B%3A%3A1%5Dx/",
                "http://h/[x]?[y]#[z]#|http://h/%5Bx%5D?%5By%5D#%5Bz%5D%23",
                "1:b|./1:b",
                "bar,baz:foo|./bar,baz:foo",
                ":// should fail|./://%20should%20fail",
                "?a:b c|?a:b%20c",
                "//h^/p|//h%5E/p",
                "http://user name:p/w@h/|http://user%20name%3Ap/w@h/",
                "http://u:p w@h/|http://u:p%20w@h/",
                "<>|''",
            })
    void aTextIsReadAsWhatItWasMeantToBe(String text, String expected) {
        var repaired = (Repaired) Uri.parseLenient(text);
        assertThat(repaired.uri()).hasToString(expected.equals("''") ? "" : expected);
        assertThat(repaired.repairs()).isNotEmpty();
    }

    @Test
    void eachRepairIsToldWithItsPlaceInTheOriginal() {
        var repaired = (Repaired) Uri.parseLenient(" <http:\\\\h/a\nb  c%é>");
        assertThat(repaired.uri()).hasToString("http://h/ab%20%20c%25%C3%A9");
        assertThat(repaired.repairs())
                .containsExactly(
                        new Repair(Repair.Kind.WHITE_SPACE, Component.URI, 0, 1),
                        new Repair(Repair.Kind.DELIMITERS, Component.URI, 1, 1),
                        new Repair(Repair.Kind.DELIMITERS, Component.URI, 19, 1),
                        new Repair(Repair.Kind.WHITE_SPACE, Component.URI, 12, 1),
                        new Repair(Repair.Kind.BACKSLASH, Component.URI, 7, 2),
                        new Repair(Repair.Kind.CHARACTER, Component.PATH, 14, 2),
                        new Repair(Repair.Kind.ESCAPE, Component.PATH, 17, 1),
                        new Repair(Repair.Kind.NOT_ASCII, Component.PATH, 18, 1));
    }

    @Test
    void aColonInTheFirstSegmentGetsADotSegmentBeforeIt() {
        assertThat(Uri.parseLenient("a b:c"))
                .isEqualTo(
                        new Repaired(
                                Uri.of("./a%20b:c"),
                                List.of(
                                        new Repair(Repair.Kind.COLON, Component.PATH, 3, 1),
                                        new Repair(Repair.Kind.CHARACTER, Component.PATH, 1, 1))));
    }
}
