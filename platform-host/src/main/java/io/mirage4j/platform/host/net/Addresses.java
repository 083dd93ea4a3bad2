// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Addresses of `platform` to those of `java.net` and back.
final class Addresses {
    static InetSocketAddress toJava(Endpoint endpoint) {
        return new InetSocketAddress(toJava(endpoint.address()), endpoint.port());
    }

    static InetAddress toJava(IpAddress address) {
        Cstruct octets = Cstruct.create(address.lengthOctets());
        address.write(octets, 0);
        try {
            return InetAddress.getByAddress(octets.toByteArray());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets are an address", e);
        }
    }

    static Endpoint of(InetSocketAddress address) {
        return new Endpoint(of(address.getAddress()), address.getPort());
    }

    static IpAddress of(InetAddress address) {
        Cstruct octets = Cstruct.of(address.getAddress());
        return octets.length() == Ipv4Address.OCTETS
                ? Ipv4Address.read(octets, 0)
                : Ipv6Address.read(octets, 0);
    }

    private Addresses() {}
}
