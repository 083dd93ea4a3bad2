// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import java.io.IOException;

/// The content of a request can not be had: it is malformed, too large, late or cut off. If the
/// handler lets this pass before it responds, the server answers with [#status].
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status, String cause) {
        super(cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
