// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.Nullable;

/// Connections that we open (RFC 9293, 3.10.1): made first, so that data may wait for the SYN, and
/// then opened.
final class ActiveOpens {
    private final TcpStack stack;

    ActiveOpens(TcpStack stack) {
        this.stack = stack;
    }

    @Nullable TcpConnection prepare(
            Envelope local, int localPort, int remotePort, TcpSettings settings, long now) {
        if (stack.isFull()) {
            stack.count(Drop.NO_MEMORY);
            return null;
        }
        int port = localPort != 0 ? localPort : stack.numbers.choosePort(stack, local, remotePort);
        if (port == 0 || stack.findActive(local, port, remotePort) != null) return null;
        var c =
                new TcpConnection(
                        stack,
                        settings,
                        local.sourceHigh,
                        local.sourceLow,
                        port,
                        local.destinationHigh,
                        local.destinationLow,
                        remotePort,
                        now);
        if (settings.udpRemotePort != 0) {
            c.udpLocal = stack.parameters.udpPort;
            c.udpRemote = settings.udpRemotePort;
            c.path.update();
        }
        c.startNumbers(stack.numbers.initialNumber(c, now), stack.numbers.stampOffset(c));
        return c;
    }

    void open(TcpConnection c, long now) {
        c.state = TcpState.SYN_SENT;
        stack.add(c);
        c.handshake().sendSyn(now);
        long timeout = c.settings.connectTimeoutNanos;
        if (timeout == 0) {
            timeout = stack.parameters.connectTimeoutNanos;
        }
        c.timers.handshakeStarted(now + c.sender.rtt.backedOff(stack.parameters));
        if (timeout > 0) {
            c.timers.keepAlive(now + timeout);
        }
        stack.schedule(c);
    }
}
