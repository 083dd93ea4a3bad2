// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.tcpip.tcp.IcmpError;

import java.io.IOException;
import java.io.Serial;

/// Somebody on the way, or the peer's own host, said that a datagram of ours does not arrive.
/// Nothing is closed by it: the next call is as good as any.
public final class UnreachableException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private final transient Endpoint remote;
    private final IcmpError error;

    UnreachableException(Endpoint remote, IcmpError error) {
        super(remote + ": " + text(error));
        this.remote = remote;
        this.error = error;
    }

    private static String text(IcmpError error) {
        return switch (error) {
            case PORT_UNREACHABLE -> "port unreachable: nobody receives there";
            case PROTOCOL_UNREACHABLE -> "protocol unreachable: that host has no UDP";
            case ADMINISTRATIVELY_PROHIBITED -> "prohibited by a filter on the way";
            default -> "unreachable: " + error;
        };
    }

    /// Where the datagram went.
    public Endpoint remote() {
        return remote;
    }

    public IcmpError error() {
        return error;
    }
}
