// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

/// A program ended by an exception that it declares; the cause is that exception.
public final class ProgramFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProgramFailedException(String program, Exception cause) {
        super(program + " failed: " + cause.getMessage(), cause);
    }
}
