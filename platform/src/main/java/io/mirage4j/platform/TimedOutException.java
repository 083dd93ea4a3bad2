// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import java.io.IOException;
import java.io.Serial;

/// Nothing happened within the time that the caller gave; asking again is fine.
public final class TimedOutException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    public TimedOutException(String message) {
        super(message);
    }
}
