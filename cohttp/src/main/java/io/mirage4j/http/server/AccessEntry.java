// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import java.time.Instant;

/// What the access log tells of one request.
///
/// @param remote address of the client, or `-` where the flow has none
/// @param request method and target as they came, or empty where no head was understood
/// @param octets that were sent, head and all
/// @param cause why it was refused or cut off; empty if it was not
public record AccessEntry(
        String remote,
        Instant time,
        String request,
        int status,
        long octets,
        long durationNanos,
        String referer,
        String userAgent,
        String cause) {}
