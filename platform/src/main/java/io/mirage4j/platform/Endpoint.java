// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import org.jspecify.annotations.Nullable;

/// An address and a port.
///
/// @param port from 0 to 65535; 0 asks for any free one where that makes sense
public record Endpoint(IpAddress address, int port) implements Comparable<Endpoint> {
    private static final int MAX_PORT = 0xffff;

    public Endpoint {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not in 0.." + MAX_PORT);
        }
    }

    /// Reads `192.0.2.1:80` or `[2001:db8::1]:80`.
    public static Parsed<Endpoint> parse(String text) {
        var cursor = new Cursor(text);
        return cursor.result(parse(cursor));
    }

    private static @Nullable Endpoint parse(Cursor in) {
        IpAddress address;
        if (in.take('[')) {
            address = AddressText.ipv6(in);
            if (address != null && !in.expect(']')) return null;
        } else {
            address = AddressText.ipv4(in);
        }
        if (address == null || !in.expect(':')) return null;
        int port = in.decimal(MAX_PORT, "port");
        return port < 0 ? null : new Endpoint(address, port);
    }

    /// As [#parse], for a text that the author of the program wrote.
    ///
    /// @throws IllegalArgumentException if `text` is no endpoint
    public static Endpoint of(String text) {
        return parse(text).orThrow();
    }

    @Override
    public int compareTo(Endpoint other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    /// As `192.0.2.1:80` or `[2001:db8::1]:80`.
    @Override
    public String toString() {
        return switch (address) {
            case Ipv4Address v4 -> v4 + ":" + port;
            case Ipv6Address v6 -> "[" + v6 + "]:" + port;
        };
    }
}
