// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpError;
import io.mirage4j.tcpip.tcp.TcpListener;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.tcp.TcpState;

import java.util.HashMap;
import java.util.Map;

/// What a file descriptor of a socket stands for: the state that a system keeps above TCP.
final class Socket {
    TcpSettings settings;
    TcpConnection connection;
    TcpListener listener;
    boolean nonBlocking;
    boolean bound;
    boolean shutRead;
    boolean shutWrite;
    boolean fastOpenConnect;
    boolean deferredConnect;
    boolean reportsInq;

    /// A linger of no time.
    boolean resetsOnClose;

    boolean zeroCopy;
    final ErrorQueue errors = new ErrorQueue();
    long receiveTimeoutNanos;
    int receiveLowWater = 1;
    long sendTimeoutNanos;

    /// What has gone through the stream, and the place in it of the urgent octet; -1: none.
    long octetsWritten;

    long octetsRead;
    long urgentAt = -1;

    /// The urgent octet can be had.
    boolean hasUrgent;

    /// Options that nobody but the program looks at.
    final Map<String, Long> others = new HashMap<>();

    int sendBuffer;
    int receiveBuffer;
    private boolean errorTaken;

    /// The bits of `poll` that are news since an edge-triggered watcher was told.
    int edges;

    /// What the last ICMP message means.
    String icmpErrno = "";

    private final boolean freebsd;

    Socket(TcpSettings settings, boolean freebsd) {
        this.settings = settings;
        this.freebsd = freebsd;
    }

    /// The options of the connection if there is one, to be changed.
    TcpSettings change() {
        return connection != null ? connection.change() : settings;
    }

    /// The pending error, once.
    String takeError() {
        if (connection == null || errorTaken) return "";
        TcpError error = connection.error();
        if (error == TcpError.NONE || error == TcpError.ABORTED) return "";
        errorTaken = true;
        return name(error);
    }

    boolean hasError() {
        return connection != null && !errorTaken && connection.error() != TcpError.NONE;
    }

    private String name(TcpError error) {
        boolean byIcmp =
                switch (error) {
                    case HOST_UNREACHABLE, NET_UNREACHABLE, PROTOCOL_UNREACHABLE -> true;
                    default -> false;
                };
        // Linux knows more words than TCP does.
        if (byIcmp && !icmpErrno.isEmpty() && !freebsd) return icmpErrno;
        return switch (error) {
            case REFUSED -> "ECONNREFUSED";
            case RESET -> "ECONNRESET";
            case TIMED_OUT -> "ETIMEDOUT";
            case HOST_UNREACHABLE -> "EHOSTUNREACH";
            case NET_UNREACHABLE -> "ENETUNREACH";
            case PROTOCOL_UNREACHABLE -> "ENOPROTOOPT";
            case NONE, ABORTED -> "";
        };
    }

    /// How much of the stream there is in front of the urgent octet.
    int beforeUrgent() {
        if (urgentAt < octetsRead) return Integer.MAX_VALUE;
        return (int) (urgentAt - octetsRead);
    }

    void look(long now) {
        if (connection != null && errors.look(connection, octetsWritten, now)) {
            edges |= 8;
        }
    }

    /// To a program of Linux TIME-WAIT is no state of a socket.
    boolean isClosed() {
        TcpState state = connection.state();
        return state == TcpState.CLOSED || state == TcpState.TIME_WAIT && !freebsd;
    }

    boolean isConnecting() {
        return connection != null
                && (connection.state() == TcpState.SYN_SENT
                        || connection.state() == TcpState.SYN_RECEIVED
                                && listener == null
                                && !accepted);
    }

    boolean accepted;

    /// The bits of `poll`.
    int ready() {
        if (listener != null) return listener.waiting() > 0 ? 1 : 0;
        if (deferredConnect) return 4;
        if (connection == null) return 4 | 16;
        int bits = hasUrgent ? 2 : 0;
        TcpState state = connection.state();
        if (hasError() || !errors.isEmpty()) {
            bits |= 8;
        }
        if (state == TcpState.CLOSED) return bits | 1 | 4 | 16;
        if (isConnecting()) return bits;
        boolean enough = connection.readable() >= receiveLowWater;
        if (enough || connection.isPeerDone() || shutRead) {
            bits |= 1;
        }
        if (connection.isPeerDone()) {
            bits |= 0x2000;
        }
        if (connection.isPeerDone() && shutWrite) {
            bits |= 16;
        }
        if (shutWrite || isWritable()) {
            bits |= 4;
        }
        return bits;
    }

    private boolean isWritable() {
        return connection.writable() > 0 && connection.isWorthWriting();
    }
}
