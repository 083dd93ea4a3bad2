// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// A place where others connect to.
public interface Listener extends Closeable {
    /// Waits for the next flow. Several threads may wait; each flow goes to one.
    ///
    /// @throws java.io.InterruptedIOException if the thread is interrupted, which stays set
    /// @throws IOException if the listener is closed, or fails for good
    Flow accept() throws IOException;

    /// Where it listens, if that is over IP.
    default Optional<Endpoint> local() {
        return Optional.empty();
    }

    /// Takes no more flows; those that nobody accepted are aborted, those that somebody did go on.
    @Override
    void close() throws IOException;
}
