// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

/// The head of a response, whatever version of HTTP carries it.
public record Response(int status, Fields fields) {
    public Response {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status " + status + " is not in 100..999");
        }
    }

    /// With fields as names and values in turn.
    public static Response of(int status, String... namesAndValues) {
        return new Response(status, Fields.of(namesAndValues));
    }
}
