// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.io.IOException;

/// Answers requests. One handler serves many exchanges at once, each in a virtual thread of its
/// own, and may block it.
@FunctionalInterface
public interface Handler {
    /// Answers one request. Where this returns without a response, and where it throws before one
    /// began, the server sends 500.
    ///
    /// @throws IOException if the client went away, or the handler's own work failed
    void handle(Exchange exchange) throws IOException;
}
