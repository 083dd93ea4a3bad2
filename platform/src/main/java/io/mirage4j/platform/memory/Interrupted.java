// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import java.io.InterruptedIOException;

/// How a blocking call tells that its thread was interrupted.
final class Interrupted {
    /// Sets the interrupt again and returns what to throw.
    static InterruptedIOException during(String call, int bytesTransferred) {
        Thread.currentThread().interrupt();
        var exception = new InterruptedIOException(call + " was interrupted");
        exception.bytesTransferred = bytesTransferred;
        return exception;
    }

    private Interrupted() {}
}
