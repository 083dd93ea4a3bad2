// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.dns.Blob;

/// How a server answers.
///
/// @param udpPayload the longest datagram it sends and asks for
/// @param nsid what it calls itself to who asks (RFC 5001); empty for nothing
/// @param cookieSecret0 a secret that nobody can guess (RFC 9018): its first eight octets, the
///   least significant first
/// @param cookieSecret1 its other eight octets
/// @param keepaliveTenths for how long an idle connection is kept, in tenths of a second (RFC 7828)
/// @param answersPerSecond how many equal answers a network gets over UDP; 0 for any number
/// @param slip each how-manieth answer beyond that is a truncated one instead of none
/// @param cookiesRequired whether who sends a cookie over UDP must send the server's, too, and is
///   told BADCOOKIE until then (RFC 7873, 5.2.3)
public record ServerOptions(
        int udpPayload,
        Blob nsid,
        long cookieSecret0,
        long cookieSecret1,
        int keepaliveTenths,
        int answersPerSecond,
        int slip,
        boolean cookiesRequired) {
    public ServerOptions {
        if (udpPayload < 512 || udpPayload > 65_535) {
            throw new IllegalArgumentException("payload " + udpPayload + " is not in 512..65535");
        }
        if (keepaliveTenths < 0 || keepaliveTenths > 0xffff || answersPerSecond < 0 || slip < 0) {
            throw new IllegalArgumentException(
                    "keepalive %d, answers %d, slip %d"
                            .formatted(keepaliveTenths, answersPerSecond, slip));
        }
    }

    /// Datagrams of 1232 octets, ten seconds for idle connections, no limit of answers.
    public static ServerOptions of(long cookieSecret0, long cookieSecret1) {
        return new ServerOptions(1232, Blob.EMPTY, cookieSecret0, cookieSecret1, 100, 0, 2, false);
    }

    public ServerOptions withNsid(Blob nsid) {
        return new ServerOptions(
                udpPayload,
                nsid,
                cookieSecret0,
                cookieSecret1,
                keepaliveTenths,
                answersPerSecond,
                slip,
                cookiesRequired);
    }

    public ServerOptions withRateLimit(int answersPerSecond, int slip) {
        return new ServerOptions(
                udpPayload,
                nsid,
                cookieSecret0,
                cookieSecret1,
                keepaliveTenths,
                answersPerSecond,
                slip,
                cookiesRequired);
    }

    public ServerOptions withCookiesRequired(boolean cookiesRequired) {
        return new ServerOptions(
                udpPayload,
                nsid,
                cookieSecret0,
                cookieSecret1,
                keepaliveTenths,
                answersPerSecond,
                slip,
                cookiesRequired);
    }
}
