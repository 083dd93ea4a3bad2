// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

/// What all clients together, and one connection, may take. Who comes later waits.
///
/// @param connections open at a time; more are not accepted until one ends
/// @param memoryOctets of buffers beyond the kibibyte that every connection has: responses that
///   are written, heads that are long
/// @param requestsPerConnection after so many the server closes
/// @param unreadOctets of content that a handler left; more of it ends the connection
public record ServerLimits(
        int connections, long memoryOctets, int requestsPerConnection, int unreadOctets) {
    /// 10,000 connections, 64 MiB, 100,000 requests on each, 64 KiB.
    public static final ServerLimits DEFAULT =
            new ServerLimits(10_000, 64L << 20, 100_000, 64 << 10);

    private static final long LEAST_MEMORY = 256 << 10;

    public ServerLimits {
        if (connections < 1 || requestsPerConnection < 1 || unreadOctets < 0) {
            throw new IllegalArgumentException(
                    "connections %d, requests %d or unread octets %d too small"
                            .formatted(connections, requestsPerConnection, unreadOctets));
        }
        if (memoryOctets < LEAST_MEMORY || memoryOctets >> 10 > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "memory of " + memoryOctets + " octets is not in 256 KiB..2 TiB");
        }
    }

    public ServerLimits withConnections(int most) {
        return new ServerLimits(most, memoryOctets, requestsPerConnection, unreadOctets);
    }

    public ServerLimits withMemory(long octets) {
        return new ServerLimits(connections, octets, requestsPerConnection, unreadOctets);
    }

    public ServerLimits withRequestsPerConnection(int most) {
        return new ServerLimits(connections, memoryOctets, most, unreadOctets);
    }
}
