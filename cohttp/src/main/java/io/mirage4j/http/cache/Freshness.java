// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cache;

import io.mirage4j.http.CacheControl;
import io.mirage4j.http.Fields;

import java.util.OptionalLong;

/// How old a stored response is and how long it lives (RFC 9111, 4.2), all in seconds.
final class Freshness {
    /// A tenth of the time since the last change, for a day at most, where nothing is said.
    private static final int HEURISTIC_PART = 10;

    private static final long MOST_HEURISTIC = 86_400;

    static long lifetime(int status, Fields response) {
        CacheControl control = CacheControl.of(response);
        OptionalLong maxAge = control.seconds("max-age");
        if (maxAge.isPresent()) return maxAge.getAsLong();
        long date = response.date("date").orElse(0L);
        if (response.contains("expires")) {
            // 5.3: a date that is none is in the past.
            return response.date("expires").map(expires -> Math.max(0, expires - date)).orElse(0L);
        }
        boolean heuristic = isHeuristic(status) || control.has("public");
        long changed = response.date("last-modified").orElse(date);
        return heuristic ? Math.clamp((date - changed) / HEURISTIC_PART, 0, MOST_HEURISTIC) : 0;
    }

    /// RFC 9110, 15.1.
    private static boolean isHeuristic(int status) {
        return switch (status) {
            case 200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501 -> true;
            default -> false;
        };
    }

    /// 4.2.3.
    static long age(Fields response, long requested, long received, long now) {
        long date = response.date("date").orElse(received);
        long apparent = Math.max(0, received - date);
        long corrected = response.number("age").orElse(0L) + (received - requested);
        return Math.max(apparent, corrected) + (now - received);
    }

    private Freshness() {}
}
