// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.Map;
import java.util.Optional;

/// A token whose bearer may do what it stands for (RFC 6750), in the one form that is not put into
/// URIs and bodies: Authorization.
public record BearerToken(String token) {
    public BearerToken {
        if (token.isEmpty()) throw new IllegalArgumentException("an empty token");
        new Challenge("Bearer", token, Map.of()); // checks what it is made of
    }

    /// The token of an Authorization field, if it has one.
    public static Optional<BearerToken> parse(String authorization) {
        return Challenge.parseCredentials(authorization)
                .filter(credentials -> credentials.hasScheme("Bearer"))
                .filter(credentials -> !credentials.token68().isEmpty())
                .map(credentials -> new BearerToken(credentials.token68()));
    }

    /// The value of Authorization.
    public String emit() {
        return "Bearer " + token;
    }

    /// Without what must not be in a log.
    @Override
    public String toString() {
        return "BearerToken";
    }
}
