// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Corpus;
import io.mirage4j.uri.Uri;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/// llhttp's scripts: accepted or refused, and what the messages are made of, whole and cut at every
/// octet.
///
/// llhttp frames messages and leaves to its users what a server must ask of them; so its strict
/// form is ours with [#LEFT_TO_USERS] let pass, and with a closed set of methods.
class LlhttpCorpusTest {
    private static final Set<Leniency> LEFT_TO_USERS =
            EnumSet.of(
                    Leniency.ANY_HOST,
                    Leniency.HTTP_0_9,
                    Leniency.RTSP_AND_ICE,
                    Leniency.USERINFO_IN_TARGET,
                    Leniency.ASTERISK_FOR_ANY_METHOD,
                    Leniency.CONTENT_IN_CONNECT,
                    Leniency.TRANSFER_ENCODING_IN_HTTP_1_0);

    private static final Set<String> METHODS =
            Set.of(
                    ("ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE"
                                    + " MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS PATCH POST"
                                    + " PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH"
                                    + " SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE")
                            .split(" "));

    @TestFactory
    Stream<DynamicTest> scriptsAreReadAsTheirLogsSay() {
        return Corpus.of("http", "llhttp").tests(this::cases);
    }

    private Stream<Corpus.Case> cases(Path directory) throws IOException {
        return LlhttpScript.in(directory).stream().map(LlhttpCorpusTest::oneCase);
    }

    private static Corpus.Case oneCase(LlhttpScript script) {
        if (script.is("skip")) return Corpus.Case.skip(script.id(), "skip in the script");
        return Corpus.Case.run(script.id(), () -> run(script));
    }

    private static void run(LlhttpScript script) {
        LlhttpLog expected = LlhttpLog.of(script.log());
        // The form of targets has no first line, whatever its type says.
        if (script.log().stream().anyMatch(line -> line.contains("span[url."))
                || script.type().equals("url")
                || !script.log().getFirst().endsWith("message begin")) {
            target(script, expected);
            return;
        }
        String whole = expected.summary(feed(script));
        assertThat(whole).as(script.name()).isEqualTo(expected.summary());
        if (!script.is("noScan")) {
            for (int cut = 1; cut < script.input().length; cut++) {
                assertThat(expected.summary(feed(script, cut)))
                        .as("%s, cut at %d", script.name(), cut)
                        .isEqualTo(whole);
            }
        }
    }

    private static Transcript feed(LlhttpScript script, int... cuts) {
        Set<Leniency> leniencies = EnumSet.copyOf(LEFT_TO_USERS);
        String type = script.type();
        int lenient = type.indexOf("-lenient-");
        if (lenient >= 0) {
            leniencies.addAll(named(type.substring(lenient + "-lenient-".length())));
        }
        var rules = new Rules(Limits.DEFAULT, leniencies, METHODS);
        MessageReader reader =
                type.startsWith("request")
                        ? MessageReader.ofRequests(rules)
                        : MessageReader.ofResponses(rules);
        return Transcript.of(
                reader, script.input(), script.is("skipBody"), type.endsWith("-finish"), cuts);
    }

    private static Set<Leniency> named(String flag) {
        return switch (flag) {
            case "all" -> EnumSet.allOf(Leniency.class);
            case "headers" ->
                    EnumSet.of(
                            Leniency.OBS_FOLD,
                            Leniency.SPACE_BEFORE_COLON,
                            Leniency.CONTROLS_IN_VALUE,
                            Leniency.NUL_IN_VALUE);
            case "header-value-relaxed" -> EnumSet.of(Leniency.CONTROLS_IN_VALUE);
            case "chunked-length" -> EnumSet.of(Leniency.CONTENT_LENGTH_WITH_TRANSFER_ENCODING);
            case "keep-alive" -> EnumSet.of(Leniency.IGNORE_CLOSE);
            case "transfer-encoding" -> EnumSet.of(Leniency.TRANSFER_ENCODING_WITHOUT_CHUNKED);
            case "version" -> EnumSet.of(Leniency.ANY_VERSION);
            case "data-after-close" -> EnumSet.of(Leniency.DATA_AFTER_CLOSE);
            case "optional-lf-after-cr" -> EnumSet.of(Leniency.BARE_CR);
            case "optional-cr-before-lf" -> EnumSet.of(Leniency.BARE_LF);
            case "optional-crlf-after-chunk" -> EnumSet.of(Leniency.NO_CRLF_AFTER_CHUNK);
            case "spaces-after-chunk-size" -> EnumSet.of(Leniency.SPACE_AFTER_CHUNK_SIZE);
            default -> throw new IllegalArgumentException("unknown leniency: " + flag);
        };
    }

    /// A target alone: module uri reads it, and with a scheme it must have an authority.
    private static void target(LlhttpScript script, LlhttpLog expected) {
        String text = new String(script.input(), StandardCharsets.ISO_8859_1);
        boolean taken =
                Uri.parse(text) instanceof Uri uri
                        && (uri.isRelative() || uri.authority().isPresent());
        assertThat(taken).as("%s: %s", script.name(), text).isEqualTo(!expected.refused);
    }
}
