// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.client.LookupFailure;

import java.io.IOException;

/// No server had an answer.
public final class LookupFailedException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient LookupFailure failure;

    LookupFailedException(LookupFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /// What was wrong with each server.
    public LookupFailure failure() {
        return failure;
    }
}
