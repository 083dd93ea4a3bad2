// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Fields;
import io.mirage4j.http.HttpDate;
import io.mirage4j.http.Method;
import io.mirage4j.http.cache.PrivateCache.Answer;
import io.mirage4j.http.cache.PrivateCache.Stored;

import org.junit.jupiter.api.Test;

class PrivateCacheTest {
    private static final String URI = "http://a/";
    private static final long NOW = 1_000_000_000;

    private final PrivateCache cache = new PrivateCache(100_000);

    @Test
    void freshResponseIsServedWithItsAge() {
        store(Fields.NONE, "Cache-Control", "max-age=60");
        assertThat(ask(NOW + 59)).isInstanceOf(Answer.Hit.class);
        assertThat(((Answer.Hit) ask(NOW + 59)).age()).isEqualTo(59);
        assertThat(ask(NOW + 60)).isInstanceOf(Answer.Miss.class);
    }

    @Test
    void staleResponseIsValidated() {
        store(Fields.NONE, "Cache-Control", "max-age=1", "ETag", "\"x\"");
        Answer.Validate validate = (Answer.Validate) ask(NOW + 5);
        assertThat(validate.conditions()).isEqualTo(Fields.of("If-None-Match", "\"x\""));
        Fields notModified =
                Fields.of(
                        "Date",
                        HttpDate.emit(NOW + 5),
                        "Cache-Control",
                        "max-age=9",
                        "Content-Length",
                        "0");
        Stored updated =
                cache.validated(URI, Fields.NONE, notModified, NOW + 5, NOW + 5).orElseThrow();
        assertThat(updated.fields().first("cache-control")).contains("max-age=9");
        assertThat(updated.fields().contains("content-length")).isFalse();
        assertThat(ask(NOW + 10)).isInstanceOf(Answer.Hit.class);
    }

    @Test
    void staleResponseIsServedWhileOneAsks() {
        // RFC 5861, 3.1.
        String control = "max-age=600, stale-while-revalidate=30";
        store(Fields.NONE, "Cache-Control", control, "ETag", "\"x\"");
        assertThat(ask(NOW + 599)).isInstanceOf(Answer.Hit.class);
        var stale = (Answer.Stale) ask(NOW + 610);
        assertThat(stale.conditions()).isEqualTo(Fields.of("If-None-Match", "\"x\""));
        assertThat(stale.age()).isEqualTo(610);
        assertThat(ask(NOW + 610)).as("somebody asks").isInstanceOf(Answer.Hit.class);
        cache.refreshed(URI);
        assertThat(ask(NOW + 630)).isInstanceOf(Answer.Stale.class);
        assertThat(ask(NOW + 631)).isInstanceOf(Answer.Validate.class);
        assertThat(ask("max-age=1000", NOW + 610)).isInstanceOf(Answer.Validate.class);
    }

    @Test
    void whatMustBeRevalidatedIsNotServedStaleMeanwhile() {
        String control = "max-age=1, must-revalidate, stale-while-revalidate=30";
        store(Fields.NONE, "Cache-Control", control, "ETag", "\"x\"");
        assertThat(ask(NOW + 5)).isInstanceOf(Answer.Validate.class);
    }

    @Test
    void ageOfProxiesAndOfTheWayCounts() {
        var response = response("Cache-Control", "max-age=60", "Age", "30");
        cache.store(Method.GET, URI, Fields.NONE, response, NOW - 5, NOW);
        assertThat(((Answer.Hit) ask(NOW + 10)).age()).isEqualTo(45);
    }

    @Test
    void whatMustNotBeStoredIsNot() {
        store(Fields.NONE, "Cache-Control", "no-store, max-age=60");
        store(Fields.NONE, "Cache-Control", "max-age=60", "Vary", "*");
        store(Fields.NONE);
        store(Fields.of("Cache-Control", "no-store"), "Cache-Control", "max-age=60");
        assertThat(ask(NOW)).isInstanceOf(Answer.Miss.class);
        assertThat(cache.octets()).isZero();
    }

    @Test
    void variantsAreToldApart() {
        store(Fields.of("Accept", "a"), "Cache-Control", "max-age=60", "Vary", "accept", "X", "1");
        store(Fields.of("Accept", "b"), "Cache-Control", "max-age=60", "Vary", "accept", "X", "2");
        assertThat(hit(Fields.of("Accept", "a")).fields().first("x")).contains("1");
        assertThat(hit(Fields.of("Accept", "b")).fields().first("x")).contains("2");
        assertThat(cache.answer(Method.GET, URI, Fields.NONE, NOW)).isInstanceOf(Answer.Miss.class);
    }

    @Test
    void requestCanAskForLessOrMore() {
        store(Fields.NONE, "Cache-Control", "max-age=60", "ETag", "\"x\"");
        assertThat(ask("no-cache", NOW)).isInstanceOf(Answer.Validate.class);
        assertThat(ask("max-age=5", NOW + 6)).isInstanceOf(Answer.Validate.class);
        assertThat(ask("min-fresh=30", NOW + 40)).isInstanceOf(Answer.Validate.class);
        assertThat(ask("max-stale=10", NOW + 65)).isInstanceOf(Answer.Hit.class);
        assertThat(ask("max-stale=10", NOW + 75)).isInstanceOf(Answer.Validate.class);
        assertThat(ask("max-stale", NOW + 7500)).isInstanceOf(Answer.Hit.class);
        assertThat(ask("only-if-cached", NOW + 75)).isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void mustRevalidateForbidsStaleness() {
        store(Fields.NONE, "Cache-Control", "max-age=1, must-revalidate", "ETag", "\"x\"");
        assertThat(ask("max-stale", NOW + 2)).isInstanceOf(Answer.Validate.class);
    }

    @Test
    void withoutAWordATenthOfTheAgeIsFresh() {
        store(Fields.NONE, "Last-Modified", HttpDate.emit(NOW - 1000));
        assertThat(ask(NOW + 99)).isInstanceOf(Answer.Hit.class);
        assertThat(ask(NOW + 101)).isInstanceOf(Answer.Validate.class);
    }

    @Test
    void unsafeSuccessDropsWhatIsStored() {
        store(Fields.NONE, "Cache-Control", "max-age=60");
        cache.store(
                Method.POST, URI, Fields.NONE, new Stored(500, Fields.NONE, content(1)), NOW, NOW);
        assertThat(ask(NOW)).isInstanceOf(Answer.Hit.class);
        cache.store(
                Method.POST, URI, Fields.NONE, new Stored(201, Fields.NONE, content(1)), NOW, NOW);
        assertThat(ask(NOW)).isInstanceOf(Answer.Miss.class);
    }

    @Test
    void cacheIsBounded() {
        for (int i = 0; i < 100; i++) {
            var big = new Stored(200, Fields.of("Cache-Control", "max-age=60"), content(9_000));
            cache.store(Method.GET, URI + i, Fields.NONE, big, NOW, NOW);
            assertThat(cache.octets()).isLessThanOrEqualTo(100_000);
        }
        assertThat(cache.answer(Method.GET, URI + 99, Fields.NONE, NOW))
                .isInstanceOf(Answer.Hit.class);
        assertThat(cache.answer(Method.GET, URI + 0, Fields.NONE, NOW))
                .isInstanceOf(Answer.Miss.class);
    }

    private void store(Fields request, String... fields) {
        cache.store(Method.GET, URI, request, response(fields), NOW, NOW);
    }

    private static Stored response(String... fields) {
        Fields all = Fields.of(fields).toBuilder().add("Date", HttpDate.emit(NOW)).build();
        return new Stored(200, all, content(10));
    }

    private static ReadOnlyCstruct content(int octets) {
        return ReadOnlyCstruct.of("x".repeat(octets));
    }

    private Answer ask(long now) {
        return cache.answer(Method.GET, URI, Fields.NONE, now);
    }

    private Answer ask(String control, long now) {
        return cache.answer(Method.GET, URI, Fields.of("Cache-Control", control), now);
    }

    private Stored hit(Fields request) {
        return ((Answer.Hit) cache.answer(Method.GET, URI, request, NOW)).response();
    }
}
