// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

/// What all clients together, and one connection, may take. Who comes later waits.
///
/// @param connections open at a time; more are not accepted until one ends
/// @param memoryOctets of buffers beyond the kibibyte that every connection has: responses that are
///   written, heads that are long
/// @param requestsPerConnection after so many the server closes
/// @param unreadOctets of content that a handler left; more of it ends the connection
public record ServerLimits(
        int connections, long memoryOctets, int requestsPerConnection, int unreadOctets) {
    /// 10,000 connections, 64 MiB, 100,000 requests on each, 64 KiB.
    public static final ServerLimits DEFAULT =
            new ServerLimits(10_000, 64L << 20, 100_000, 64 << 10);

    private static final long LEAST_MEMORY = 256 << 10;

    /// Octets of a program's memory for a connection: a thread, a few buffers, what TCP keeps.
    private static final long OF_CONNECTION = 32 << 10;

    private static final int LEAST_CONNECTIONS = 64;
    private static final int SHARE_OF_BUFFERS = 32;

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

    /// At most the default, and no more than fits a program with `octets` of memory in all.
    public static ServerLimits within(long octets) {
        long connections = Math.max(LEAST_CONNECTIONS, octets / OF_CONNECTION);
        long buffers = Math.max(LEAST_MEMORY, octets / SHARE_OF_BUFFERS);
        return DEFAULT.withConnections((int) Math.min(connections, DEFAULT.connections))
                .withMemory(Math.min(buffers, DEFAULT.memoryOctets));
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
