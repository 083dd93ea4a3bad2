// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

/// An image could not be made or run. The message names the thing, the value and the way out, and
/// is all that the user is shown.
public final class AssemblyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AssemblyException(String message) {
        super(message);
    }

    public AssemblyException(String message, Throwable cause) {
        super(message, cause);
    }
}
