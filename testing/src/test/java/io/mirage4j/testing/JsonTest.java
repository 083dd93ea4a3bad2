// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void membersKeepTheirOrderAndNumbersTheirText() {
        String text = "{\"z\":[1.50,-0,1E+2],\"a\":{\"\":null},\"m\":[true,false,[]]}";
        assertThat(Json.parse(text).emit()).isEqualTo(text);
    }

    @Test
    void loneSurrogatesSurviveReadingAndEmitting() {
        Json json = Json.parse("\"\\ud800x\\uDE00\\ud83d\\ude00\"");
        assertThat(json.text()).isEqualTo("\ud800x\ude00\ud83d\ude00");
        assertThat(json.emit()).isEqualTo("\"\\ud800x\\ude00\ud83d\ude00\"");
    }

    @Test
    void everyEscapeIsUndone() {
        assertThat(Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"").text())
                .isEqualTo("\"\\/\b\f\n\r\t\u00e9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "01",
                "1.",
                ".5",
                "-",
                "+1",
                "1e",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "[1 2]",
                "nul",
                "NaN",
                "'a'",
                "\"a",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "1 1",
                "\ufeff1",
                "[",
                "{\"a\"",
                "\u00a01"
            })
    void whatTheGrammarDoesNotAllowIsRejected(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deepNestingIsRefusedInsteadOfOverflowingTheStack() {
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
                .hasMessage("nested deeper than 500 at offset 501");
    }

    @Test
    void accessorsNameWhatTheyFoundInstead() {
        Json json = Json.parse("{\"port\": 80}");
        assertThat(json.get("port").integer()).isEqualTo(80);
        assertThat(json.has("host")).isFalse();
        assertThatThrownBy(() -> json.get("host")).hasMessage("no member host in {\"port\":80}");
        assertThatThrownBy(() -> json.get("port").text()).hasMessage("not a string: 80");
    }
}
