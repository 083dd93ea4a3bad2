// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import java.util.concurrent.TimeUnit;

/// How long each step of an exchange may take, in nanoseconds.
///
/// @param resolve to find the addresses of a host
/// @param connect to reach one of them
/// @param goAhead that a server may take to say 100 to a request with `Expect: 100-continue`,
///   before the content is sent without it
/// @param head from the end of the request to the head of the response
/// @param read that content may pause
/// @param total everything from the first step to the end of the content, redirects included
public record Timeouts(long resolve, long connect, long goAhead, long head, long read, long total) {
    /// 10 s, 10 s, 1 s, 60 s, 60 s, an hour.
    public static final Timeouts DEFAULT =
            new Timeouts(
                    TimeUnit.SECONDS.toNanos(10),
                    TimeUnit.SECONDS.toNanos(10),
                    TimeUnit.SECONDS.toNanos(1),
                    TimeUnit.SECONDS.toNanos(60),
                    TimeUnit.SECONDS.toNanos(60),
                    TimeUnit.HOURS.toNanos(1));

    public Timeouts {
        if (resolve <= 0 || connect <= 0 || goAhead <= 0 || head <= 0 || read <= 0 || total <= 0) {
            throw new IllegalArgumentException("a timeout < 1");
        }
    }

    public Timeouts withConnect(long nanos) {
        return new Timeouts(resolve, nanos, goAhead, head, read, total);
    }

    public Timeouts withGoAhead(long nanos) {
        return new Timeouts(resolve, connect, nanos, head, read, total);
    }

    public Timeouts withHead(long nanos) {
        return new Timeouts(resolve, connect, goAhead, nanos, read, total);
    }

    public Timeouts withRead(long nanos) {
        return new Timeouts(resolve, connect, goAhead, head, nanos, total);
    }

    public Timeouts withTotal(long nanos) {
        return new Timeouts(resolve, connect, goAhead, head, read, nanos);
    }
}
