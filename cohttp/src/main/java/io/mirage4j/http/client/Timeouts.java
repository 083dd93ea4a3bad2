// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import java.util.concurrent.TimeUnit;

/// How long each step of an exchange may take, in nanoseconds.
///
/// @param resolve to find the addresses of a host
/// @param connect to reach one of them
/// @param head from the end of the request to the head of the response
/// @param read that content may pause
/// @param total everything from the first step to the end of the content, redirects included
public record Timeouts(long resolve, long connect, long head, long read, long total) {
    /// 10 s, 10 s, 60 s, 60 s, an hour.
    public static final Timeouts DEFAULT =
            new Timeouts(
                    TimeUnit.SECONDS.toNanos(10),
                    TimeUnit.SECONDS.toNanos(10),
                    TimeUnit.SECONDS.toNanos(60),
                    TimeUnit.SECONDS.toNanos(60),
                    TimeUnit.HOURS.toNanos(1));

    public Timeouts {
        if (Math.min(Math.min(resolve, connect), Math.min(head, Math.min(read, total))) <= 0) {
            throw new IllegalArgumentException("a timeout < 1");
        }
    }

    public Timeouts withConnect(long nanos) {
        return new Timeouts(resolve, nanos, head, read, total);
    }

    public Timeouts withHead(long nanos) {
        return new Timeouts(resolve, connect, nanos, read, total);
    }

    public Timeouts withRead(long nanos) {
        return new Timeouts(resolve, connect, head, nanos, total);
    }

    public Timeouts withTotal(long nanos) {
        return new Timeouts(resolve, connect, head, read, nanos);
    }
}
