// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.http.Preconditions.Current;
import io.mirage4j.http.Preconditions.Verdict;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ConditionsAndRangesTest {
    private static final long CHANGED = 784_111_777;
    private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String LATER = "Sun, 06 Nov 1994 08:49:38 GMT";
    private static final String EARLIER = "Sun, 06 Nov 1994 08:49:36 GMT";
    private static final Current CURRENT = Current.of(EntityTag.strong("a"), CHANGED);

    @Test
    void entityTagsAreReadExactly() {
        assertThat(EntityTag.parse("W/\"a\\b\"")).contains(new EntityTag("a\\b", true));
        assertThat(EntityTag.parse("\"\"")).contains(EntityTag.strong(""));
        for (String text :
                new String[] {"a", "\"a", "w/\"a\"", "\"a b\"", "\"a\"b", "\"a\"\"", "*"}) {
            assertThat(EntityTag.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        assertThat(get("If-None-Match", "\"x\", W/\"a\"")).isEqualTo(Verdict.NOT_MODIFIED);
        assertThat(get("If-None-Match", "*")).isEqualTo(Verdict.NOT_MODIFIED);
        assertThat(get("If-None-Match", "\"x\"")).isEqualTo(Verdict.PROCEED);
        assertThat(get("If-Modified-Since", DATE)).isEqualTo(Verdict.NOT_MODIFIED);
        assertThat(get("If-Modified-Since", EARLIER)).isEqualTo(Verdict.PROCEED);
        assertThat(get("If-Modified-Since", "yesterday")).isEqualTo(Verdict.PROCEED);
        assertThat(get("If-None-Match", "\"x\"", "If-Modified-Since", LATER))
                .isEqualTo(Verdict.PROCEED);
    }

    @Test
    void whatChangedMeanwhileIsNotOverwritten() {
        assertThat(put("If-Match", "\"a\"")).isEqualTo(Verdict.PROCEED);
        assertThat(put("If-Match", "W/\"a\"")).isEqualTo(Verdict.FAILED);
        assertThat(put("If-Match", "\"b\"")).isEqualTo(Verdict.FAILED);
        assertThat(put("If-None-Match", "*")).isEqualTo(Verdict.FAILED);
        assertThat(put("If-Unmodified-Since", EARLIER)).isEqualTo(Verdict.FAILED);
        assertThat(put("If-Unmodified-Since", DATE)).isEqualTo(Verdict.PROCEED);
        assertThat(put("If-Match", "\"a\"", "If-Unmodified-Since", EARLIER))
                .isEqualTo(Verdict.PROCEED);
        Fields any = Fields.of("If-Match", "*");
        assertThat(Preconditions.judge(Method.PUT, any, Current.ABSENT)).isEqualTo(Verdict.FAILED);
        any = Fields.of("If-None-Match", "*");
        assertThat(Preconditions.judge(Method.PUT, any, Current.ABSENT)).isEqualTo(Verdict.PROCEED);
    }

    @Test
    void rangeCountsForJustThisVersion() {
        assertThat(Preconditions.allowsRange(Fields.NONE, CURRENT)).isTrue();
        assertThat(Preconditions.allowsRange(Fields.of("If-Range", "\"a\""), CURRENT)).isTrue();
        assertThat(Preconditions.allowsRange(Fields.of("If-Range", "W/\"a\""), CURRENT)).isFalse();
        assertThat(Preconditions.allowsRange(Fields.of("If-Range", DATE), CURRENT)).isTrue();
        assertThat(Preconditions.allowsRange(Fields.of("If-Range", LATER), CURRENT)).isFalse();
    }

    @Test
    void rangesAreCutToTheLength() {
        assertThat(parts("bytes=0-4")).containsExactly(new ByteRange(0, 4));
        assertThat(parts("Bytes=5-")).containsExactly(new ByteRange(5, 9));
        assertThat(parts("bytes=-3")).containsExactly(new ByteRange(7, 9));
        assertThat(parts("bytes=-99")).containsExactly(new ByteRange(0, 9));
        assertThat(parts("bytes=0-0, 9-99999999999999999999"))
                .containsExactly(new ByteRange(0, 0), new ByteRange(9, 9));
        assertThat(parts("bytes=20-30, 1-2")).containsExactly(new ByteRange(1, 2));
    }

    @Test
    void whatIsNoRangeIsIgnoredAndWhatIsOutsideIsNot() {
        for (String text :
                new String[] {
                    "",
                    "bytes",
                    "bytes=",
                    "bytes=-",
                    "bytes=a-b",
                    "bytes=4-1",
                    "lines=0-1",
                    "bytes=0-1;",
                    "bytes=0-5,3-9",
                    "bytes 0-1",
                    "bytes=--1"
                }) {
            assertThat(ByteRange.parse(text, 10))
                    .as(text)
                    .isInstanceOf(ByteRange.Request.Whole.class);
        }
        for (String text : new String[] {"bytes=10-", "bytes=99-100", "bytes=-0"}) {
            assertThat(ByteRange.parse(text, 10))
                    .as(text)
                    .isInstanceOf(ByteRange.Request.Unsatisfiable.class);
        }
    }

    @Test
    void manyRangesAreNotHeard() {
        var text = new StringBuilder("bytes=0-0");
        for (int i = 1; i <= ByteRange.MOST_RANGES; i++) {
            text.append(',').append(2 * i).append('-').append(2 * i);
        }
        assertThat(ByteRange.parse(text.toString(), 1000))
                .isInstanceOf(ByteRange.Request.Whole.class);
    }

    @Property
    void partsAreWithinTheRepresentation(
            @ForAll String text, @ForAll @LongRange(min = 0) long length) {
        if (ByteRange.parse("bytes=" + text, length) instanceof ByteRange.Request.Parts parts) {
            assertThat(parts.ranges()).allMatch(range -> range.last() < length);
        }
    }

    @Test
    void severalRangesAreOneMultipart() {
        var multipart =
                new MultipartRanges(
                        List.of(new ByteRange(0, 1), new ByteRange(8, 9)),
                        Optional.of(MediaType.of("text/plain")),
                        10,
                        "sep");
        String whole = multipart.before(0) + "ab" + multipart.before(1) + "yz" + multipart.end();
        assertThat(whole)
                .isEqualTo(
                        "--sep\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\nab"
                                + "\r\n--sep\r\nContent-Type: text/plain\r\n"
                                + "Content-Range: bytes 8-9/10\r\n\r\nyz\r\n--sep--\r\n");
        assertThat(multipart.contentLength()).isEqualTo(whole.length());
        assertThat(multipart.mediaType()).hasToString("multipart/byteranges; boundary=sep");
        assertThat(ByteRange.unsatisfied(10)).isEqualTo("bytes */10");
    }

    private static List<ByteRange> parts(String text) {
        return ((ByteRange.Request.Parts) ByteRange.parse(text, 10)).ranges();
    }

    private static Verdict get(String... fields) {
        return Preconditions.judge(Method.GET, Fields.of(fields), CURRENT);
    }

    private static Verdict put(String... fields) {
        return Preconditions.judge(Method.PUT, Fields.of(fields), CURRENT);
    }
}
