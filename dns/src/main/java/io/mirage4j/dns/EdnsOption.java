// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.platform.IpPrefix;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// An option of EDNS: what it means, and the octets behind its code and length. Arrays are copied
/// on their way in and out.
public sealed interface EdnsOption {
    int NSID = 3;
    int DAU = 5;
    int DHU = 6;
    int N3U = 7;
    int CLIENT_SUBNET = 8;
    int EXPIRE = 9;
    int COOKIE = 10;
    int TCP_KEEPALIVE = 11;
    int PADDING = 12;
    int CHAIN = 13;
    int KEY_TAG = 14;
    int EXTENDED_ERROR = 15;
    int REPORT_CHANNEL = 18;
    int ZONE_VERSION = 19;

    int code();

    byte[] data();

    /// The option that the octets are; null if that is not how options of this code look.
    static @Nullable EdnsOption read(int code, byte[] data) {
        return EdnsOptionWire.read(code, data);
    }

    /// Which server this is, in octets of its own choice (RFC 5001); empty in a query.
    record Nsid(Blob id) implements EdnsOption {
        @Override
        public int code() {
            return NSID;
        }

        @Override
        public byte[] data() {
            return id.toByteArray();
        }
    }

    /// The algorithms that a validator understands (RFC 6975): [#DAU] those of keys, [#DHU] of DS
    /// digests, [#N3U] of NSEC3.
    record Understood(int code, Blob algorithms) implements EdnsOption {
        @Override
        public byte[] data() {
            return algorithms.toByteArray();
        }
    }

    /// For whom a resolver asks (RFC 7871). No prefix of a known family is in it where the client
    /// gave a length of 0 bits, too.
    ///
    /// @param source the address's network
    /// @param scopeBits for how long a prefix the answer is; 0 in a query
    record ClientSubnet(IpPrefix source, int scopeBits) implements EdnsOption {
        public ClientSubnet {
            if (scopeBits < 0 || scopeBits > source.address().lengthOctets() * 8) {
                throw new IllegalArgumentException("scope of " + scopeBits + " bits");
            }
            source = source.network();
        }

        @Override
        public int code() {
            return CLIENT_SUBNET;
        }

        @Override
        public byte[] data() {
            return EdnsOptionWire.clientSubnet(this);
        }
    }

    /// After how many seconds a zone expires (RFC 7314); in a query nothing.
    record Expire(@Nullable Integer seconds) implements EdnsOption {
        @Override
        public int code() {
            return EXPIRE;
        }

        @Override
        public byte[] data() {
            if (seconds == null) return new byte[0];
            var out = new Octets();
            out.u32(Integer.toUnsignedLong(seconds));
            return out.toByteArray();
        }
    }

    /// Cookies (RFC 7873, 9018): 8 octets of the client, and from 8 to 32 of the server or none.
    record Cookie(Blob client, Blob server) implements EdnsOption {
        public Cookie {
            int length = server.length();
            if (client.length() != 8 || (length != 0 && (length < 8 || length > 32))) {
                throw new IllegalArgumentException(
                        "cookies of " + client.length() + " and " + length + " octets");
            }
        }

        @Override
        public int code() {
            return COOKIE;
        }

        @Override
        public byte[] data() {
            byte[] both = Arrays.copyOf(client.toByteArray(), 8 + server.length());
            System.arraycopy(server.toByteArray(), 0, both, 8, server.length());
            return both;
        }
    }

    /// How long an idle connection is kept (RFC 7828), in tenths of a second; in a query nothing.
    record TcpKeepalive(@Nullable Integer timeoutTenths) implements EdnsOption {
        @Override
        public int code() {
            return TCP_KEEPALIVE;
        }

        @Override
        public byte[] data() {
            int t = timeoutTenths == null ? 0 : timeoutTenths;
            return timeoutTenths == null ? new byte[0] : new byte[] {(byte) (t >> 8), (byte) t};
        }
    }

    /// So many octets of zero (RFC 7830).
    record Padding(int length) implements EdnsOption {
        @Override
        public int code() {
            return PADDING;
        }

        @Override
        public byte[] data() {
            return new byte[length];
        }
    }

    /// The closest trust point of a resolver that asks for the chain to it (RFC 7901).
    record Chain(DnsName closestTrustPoint) implements EdnsOption {
        @Override
        public int code() {
            return CHAIN;
        }

        @Override
        public byte[] data() {
            return closestTrustPoint.toByteArray();
        }
    }

    /// The tags of the keys that a validator trusts (RFC 8145).
    record KeyTag(List<Integer> tags) implements EdnsOption {
        public KeyTag {
            tags = List.copyOf(tags);
        }

        @Override
        public int code() {
            return KEY_TAG;
        }

        @Override
        public byte[] data() {
            var out = new Octets();
            for (int tag : tags) out.u16(tag);
            return out.toByteArray();
        }
    }

    /// Why, more exactly (RFC 8914).
    record ExtendedError(int info, String text) implements EdnsOption {
        public static final int STALE_ANSWER = 3;
        public static final int DNSSEC_BOGUS = 6;
        public static final int NOT_READY = 14;
        public static final int BLOCKED = 15;
        public static final int PROHIBITED = 18;
        public static final int NOT_AUTHORITATIVE = 20;
        public static final int NOT_SUPPORTED = 21;
        public static final int NETWORK_ERROR = 23;
        public static final int INVALID_DATA = 24;

        @Override
        public int code() {
            return EXTENDED_ERROR;
        }

        @Override
        public byte[] data() {
            var out = new Octets();
            out.u16(info);
            out.bytes(text.getBytes(StandardCharsets.UTF_8));
            return out.toByteArray();
        }
    }

    /// Whom to tell of errors (RFC 9567).
    record ReportChannel(DnsName agent) implements EdnsOption {
        @Override
        public int code() {
            return REPORT_CHANNEL;
        }

        @Override
        public byte[] data() {
            return agent.toByteArray();
        }
    }

    /// The version of the zone that answered (RFC 9660): how many labels its name has, what kind of
    /// version it is (0: the serial), and that. Null in a query.
    record ZoneVersion(@Nullable Version version) implements EdnsOption {
        public record Version(int labels, int type, Blob value) {}

        @Override
        public int code() {
            return ZONE_VERSION;
        }

        @Override
        public byte[] data() {
            var out = new Octets();
            if (version != null) {
                out.u8(version.labels);
                out.u8(version.type);
                out.bytes(version.value.toByteArray());
            }
            return out.toByteArray();
        }
    }

    /// Any other option.
    record Unknown(int code, Blob value) implements EdnsOption {
        @Override
        public byte[] data() {
            return value.toByteArray();
        }
    }
}
