// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

class HttpDateTest {
    private static final DateTimeFormatter FIXED =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994"
            })
    void allThreeFormsAreRead(String text) {
        assertThat(HttpDate.parse(text)).isEqualTo(784_111_777);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 24:49:37 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Sun, 29 Feb 1993 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Son, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Sund, 06-Nov-94 08:49:37 GMT",
                "Sun Nov 06 08:49:37 94",
                "0",
                "-1"
            })
    void whatIsNoDateIsNone(String text) {
        assertThat(HttpDate.parse(text)).isEqualTo(HttpDate.NONE);
    }

    @Test
    void yearOfTwoDigitsIsNotFarAhead() {
        long in2026 = Instant.parse("2026-06-01T00:00:00Z").getEpochSecond();
        assertThat(year(HttpDate.parse("Sunday, 06-Nov-76 08:49:37 GMT", in2026))).isEqualTo(2076);
        assertThat(year(HttpDate.parse("Sunday, 06-Nov-77 08:49:37 GMT", in2026))).isEqualTo(1977);
    }

    private static int year(long seconds) {
        return Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC).getYear();
    }

    @Property
    void everySecondIsWrittenAsJavaWritesItAndReadBack(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long seconds) {
        String text = HttpDate.emit(seconds);
        assertThat(text).isEqualTo(FIXED.format(Instant.ofEpochSecond(seconds)));
        assertThat(HttpDate.parse(text)).isEqualTo(seconds);
    }

    @Property
    void anyTextIsReadWithoutAnException(@ForAll String text) {
        HttpDate.parse(text);
        HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT".substring(0, 14) + text);
    }
}
