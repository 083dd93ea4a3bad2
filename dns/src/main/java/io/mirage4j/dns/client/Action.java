// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;

/// What an [Inquiry] wants done next. Deadlines are on the clock that it is told the time of.
public sealed interface Action {
    /// Send `query` to `server` from a port that nothing was sent from before, and tell what comes
    /// there until the deadline.
    record Ask(Endpoint server, ReadOnlyCstruct query, long deadlineNanos) implements Action {}

    /// That was no answer: go on listening at the same port.
    record Listen(long deadlineNanos) implements Action {}

    /// Send `query` to `server` over a stream, its length in front (RFC 1035, 4.2.2), and tell what
    /// comes there until the deadline.
    record AskByStream(Endpoint server, ReadOnlyCstruct query, long deadlineNanos)
            implements Action {}

    record Done(Answer answer) implements Action {}

    record Failed(LookupFailure failure) implements Action {}
}
