// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import java.io.IOException;

/// Makes flows to endpoints.
@FunctionalInterface
public interface Connector {
    /// Waits until there is a flow to `remote`. Any thread may ask.
    ///
    /// @throws java.io.InterruptedIOException if the thread is interrupted, which stays set
    /// @throws IOException if there is no way to it, or nobody listens
    Flow connect(Endpoint remote) throws IOException;
}
