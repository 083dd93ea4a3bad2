// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

/// This machine lacks what the row needs; the message says what, and the Debian package that has
/// it.
public final class SkippedException extends Exception {
    private static final long serialVersionUID = 1;

    public SkippedException(String reason) {
        super(reason);
    }
}
