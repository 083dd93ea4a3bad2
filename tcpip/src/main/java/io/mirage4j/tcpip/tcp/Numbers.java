// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.SipHash;

/// What of a connection a stranger must not guess: its initial sequence number, the start of its
/// timestamps, its local port. Each is a keyed hash of the ends.
final class Numbers {
    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int EPHEMERALS = 28_232;

    private final Entropy entropy;
    private final SipHash numbers;
    private final SipHash stamps;
    private int nextPort;

    Numbers(Entropy entropy) {
        this.entropy = entropy;
        numbers = new SipHash(entropy.nextLong(), entropy.nextLong());
        stamps = new SipHash(entropy.nextLong(), entropy.nextLong());
    }

    /// RFC 6528: a keyed hash of the ends, and a clock of 4 µs.
    int initialNumber(TcpConnection c, long now) {
        long h =
                numbers.start()
                        .add(c.localHigh)
                        .add(c.localLow)
                        .add(c.remoteHigh)
                        .add(c.remoteLow)
                        .add((long) c.localPort << 16 | c.remotePort)
                        .finish();
        return (int) h + (int) (now >> 12);
    }

    /// RFC 7323, 5.4: a clock of its own for each pair of hosts.
    int stampOffset(TcpConnection c) {
        return (int)
                stamps.start()
                        .add(c.localHigh)
                        .add(c.localLow)
                        .add(c.remoteHigh)
                        .add(c.remoteLow)
                        .finish();
    }

    /// RFC 6056, 3.3.3 in its simple form: a keyed offset, and a counter that goes by random steps.
    /// Returns 0 if none is free.
    int choosePort(TcpStack stack, Envelope local, int remotePort) {
        long h =
                stamps.start()
                        .add(local.destinationHigh)
                        .add(local.destinationLow)
                        .add(remotePort)
                        .finish();
        nextPort = (nextPort + 1 + entropy.nextInt(8)) % EPHEMERALS;
        int start = (int) ((h >>> 1) % EPHEMERALS);
        for (int i = 0; i < EPHEMERALS; i++) {
            int port = FIRST_EPHEMERAL + (start + nextPort + i) % EPHEMERALS;
            if (!stack.isTaken(port) && stack.findActive(local, port, remotePort) == null) {
                return port;
            }
        }
        return 0;
    }
}
