// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.dns.Question;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// Answers for as long as they hold, so many and no more: the one that nobody wanted for the
/// longest time makes room.
final class AnswerCache {
    /// RFC 8767, 4: nothing holds for longer than a week, of what is there; RFC 2308, 5 has a few
    /// hours for what is not.
    private static final long MOST_SECONDS = 604_800;

    private static final long MOST_NEGATIVE_SECONDS = 10_800;
    private static final long SECOND = 1_000_000_000;

    private record Kept(Answer answer, long sinceNanos, long seconds) {}

    private final int size;
    private final Map<Question, Kept> answers = new LinkedHashMap<>(16, 0.75f, true);

    AnswerCache(int size) {
        this.size = size;
    }

    void put(Answer answer, long now) {
        long most = answer.isFound() ? MOST_SECONDS : MOST_NEGATIVE_SECONDS;
        long seconds = Math.min(answer.ttlSeconds(), most);
        if (size == 0 || seconds == 0) return;
        answers.put(answer.question(), new Kept(answer, now, seconds));
        if (answers.size() > size) {
            var eldest = answers.entrySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /// The answer as it is by now; null if there is none, or none any more.
    @Nullable Answer get(Question question, long now) {
        Kept kept = answers.get(question);
        if (kept == null) return null;
        long age = (now - kept.sinceNanos) / SECOND;
        if (age < kept.seconds) return kept.answer.aged(age);
        answers.remove(question);
        return null;
    }

    void clear() {
        answers.clear();
    }
}
