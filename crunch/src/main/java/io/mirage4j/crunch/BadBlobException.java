// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import java.io.IOException;

/// What was given is no blob, or a damaged one.
public final class BadBlobException extends IOException {
    private static final long serialVersionUID = 1;

    BadBlobException(String message) {
        super(message);
    }
}
