// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// What an ICMP error does to the connection it is about (RFC 1122, 4.2.3.9; RFC 5927, 5 and 7): a
/// connect may fail by it, a connection that stands never does but by silence, and the path's MTU
/// is believed.
final class IcmpErrors {
    static void take(TcpConnection c, IcmpError error, int mtu, long now) {
        if (error == IcmpError.TOO_BIG) {
            tooBig(c, mtu, now);
            return;
        }
        TcpParameters p = c.stack.parameters;
        TcpError hard = hard(p, error);
        boolean opening = c.state == TcpState.SYN_SENT || c.state == TcpState.SYN_RECEIVED;
        if (opening && hard != TcpError.NONE && p.icmpMayReset) {
            c.fail(hard, now);
            return;
        }
        c.stack.count(Drop.ICMP_IGNORED);
        TcpError soft = soft(p, error, opening);
        if (soft != TcpError.NONE) {
            c.softError = soft;
        }
    }

    private static void tooBig(TcpConnection c, int mtu, long now) {
        boolean isOpening = c.state == TcpState.SYN_SENT;
        if (isOpening && c.stack.parameters.isFreebsd()) {
            // Until the peer has named an MSS, FreeBSD reckons with the smallest there is.
            c.stack.count(Drop.ICMP_IGNORED);
            return;
        }
        if (!isOpening) {
            c.path.shrank(mtu, now);
        } else if (c.path.believe(mtu, now)) {
            c.path.update();
            c.handshake().resend(now);
            c.timers.handshakeStarted(now + c.sender.rtt.backedOff(c.stack.parameters));
        }
    }

    /// The error that ends an attempt to connect; [TcpError#NONE]: it goes on.
    private static TcpError hard(TcpParameters p, IcmpError error) {
        if (p.isFreebsd()) {
            return switch (error) {
                case PORT_UNREACHABLE, PROTOCOL_UNREACHABLE, ADMINISTRATIVELY_PROHIBITED ->
                        TcpError.REFUSED;
                case TIME_EXCEEDED -> TcpError.HOST_UNREACHABLE;
                default -> TcpError.NONE;
            };
        }
        return switch (error) {
            case PORT_UNREACHABLE -> TcpError.REFUSED;
            case PROTOCOL_UNREACHABLE, PARAMETER_PROBLEM -> TcpError.PROTOCOL_UNREACHABLE;
            case NET_UNREACHABLE -> TcpError.NET_UNREACHABLE;
            case HOST_UNREACHABLE,
                    ADMINISTRATIVELY_PROHIBITED,
                    SOURCE_ROUTE_FAILED,
                    TIME_EXCEEDED ->
                    TcpError.HOST_UNREACHABLE;
            case TOO_BIG -> TcpError.NONE;
        };
    }

    /// RFC 1122, 4.2.3.9: the cause to tell if it ends for want of an answer.
    private static TcpError soft(TcpParameters p, IcmpError error, boolean opening) {
        if (!p.isFreebsd()) return hard(p, error);
        if (!opening) return TcpError.NONE;
        return switch (error) {
            case HOST_UNREACHABLE -> TcpError.HOST_UNREACHABLE;
            case NET_UNREACHABLE -> TcpError.NET_UNREACHABLE;
            default -> TcpError.NONE;
        };
    }

    private IcmpErrors() {}
}
