// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.dns.Message;

/// What came, beside the query that it may answer.
sealed interface Reply {
    record Ours(Message message) implements Reply {}

    /// Anybody could have sent it.
    record Stray(String reason) implements Reply {}

    /// It may well be the server's, but it may be forged too, or was cut off: a stream will tell.
    record Doubtful(String reason) implements Reply {}

    /// The server's, and no use.
    record Broken(String reason) implements Reply {}
}
