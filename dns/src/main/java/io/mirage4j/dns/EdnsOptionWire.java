// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The octets of EDNS options.
final class EdnsOptionWire {
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int SUBNET_HEAD = 4;

    static @Nullable EdnsOption read(int code, byte[] data) {
        return switch (code) {
            case EdnsOption.NSID -> new EdnsOption.Nsid(Blob.of(data));
            case EdnsOption.DAU, EdnsOption.DHU, EdnsOption.N3U ->
                    new EdnsOption.Understood(code, Blob.of(data));
            case EdnsOption.CLIENT_SUBNET -> readClientSubnet(data);
            case EdnsOption.EXPIRE -> readExpire(data);
            case EdnsOption.COOKIE -> readCookie(data);
            case EdnsOption.TCP_KEEPALIVE -> readTcpKeepalive(data);
            // RFC 7830, 3: a receiver does not look at what the octets are.
            case EdnsOption.PADDING -> new EdnsOption.Padding(data.length);
            case EdnsOption.CHAIN -> readChain(data);
            case EdnsOption.KEY_TAG -> readKeyTag(data);
            case EdnsOption.EXTENDED_ERROR -> readExtendedError(data);
            case EdnsOption.REPORT_CHANNEL -> readReportChannel(data);
            case EdnsOption.ZONE_VERSION -> readZoneVersion(data);
            default -> new EdnsOption.Unknown(code, Blob.of(data));
        };
    }

    private static @Nullable EdnsOption readExpire(byte[] data) {
        if (data.length == 0) return new EdnsOption.Expire(null);
        return data.length == 4 ? new EdnsOption.Expire((int) Field.u32(data, 0)) : null;
    }

    private static @Nullable EdnsOption readCookie(byte[] data) {
        int length = data.length;
        if (length != 8 && (length < 16 || length > 40)) return null;
        return new EdnsOption.Cookie(Blob.of(data, 0, 8), Blob.of(data, 8, length));
    }

    private static @Nullable EdnsOption readTcpKeepalive(byte[] data) {
        if (data.length == 0) return new EdnsOption.TcpKeepalive(null);
        return data.length == 2 ? new EdnsOption.TcpKeepalive(Field.u16(data, 0)) : null;
    }

    private static @Nullable EdnsOption readExtendedError(byte[] data) {
        if (data.length < 2) return null;
        return new EdnsOption.ExtendedError(Field.u16(data, 0), text(data));
    }

    private static @Nullable EdnsOption readChain(byte[] data) {
        DnsName name = name(data);
        return name == null ? null : new EdnsOption.Chain(name);
    }

    private static @Nullable EdnsOption readReportChannel(byte[] data) {
        DnsName name = name(data);
        return name == null ? null : new EdnsOption.ReportChannel(name);
    }

    /// A whole name without pointers.
    private static @Nullable DnsName name(byte[] data) {
        return NameField.NAME.skip(data, 0, data.length) == data.length
                ? DnsName.copyOf(data, 0, data.length)
                : null;
    }

    private static String text(byte[] data) {
        // RFC 8914, 2: some end it with a zero octet, which is not part of the text.
        int end = data.length > 2 && data[data.length - 1] == 0 ? data.length - 1 : data.length;
        return new String(data, 2, end - 2, StandardCharsets.UTF_8);
    }

    private static @Nullable EdnsOption readKeyTag(byte[] data) {
        if (data.length % 2 != 0) return null;
        List<Integer> tags = new ArrayList<>();
        for (int at = 0; at < data.length; at += 2) tags.add(Field.u16(data, at));
        return new EdnsOption.KeyTag(tags);
    }

    private static @Nullable EdnsOption readZoneVersion(byte[] data) {
        if (data.length == 0) return new EdnsOption.ZoneVersion(null);
        if (data.length < 2) return null;
        return new EdnsOption.ZoneVersion(
                new EdnsOption.ZoneVersion.Version(
                        data[0] & 0xff, data[1] & 0xff, Blob.of(data, 2, data.length)));
    }

    /// RFC 7871, 6: as many octets as the source's bits fill, those beyond them zero.
    private static @Nullable EdnsOption readClientSubnet(byte[] data) {
        if (data.length < SUBNET_HEAD) return null;
        int family = Field.u16(data, 0);
        int bits = data[2] & 0xff;
        int scope = data[3] & 0xff;
        if (family != IPV4 && family != IPV6) {
            return new EdnsOption.Unknown(EdnsOption.CLIENT_SUBNET, Blob.of(data));
        }
        int octets = family == IPV4 ? 4 : 16;
        boolean fits =
                bits <= octets * 8
                        && scope <= octets * 8
                        && data.length == SUBNET_HEAD + (bits + 7) / 8;
        if (!fits) return null;
        if (bits % 8 != 0 && (data[data.length - 1] & 0xff >> bits % 8) != 0) return null;
        byte[] address = Arrays.copyOfRange(data, SUBNET_HEAD, SUBNET_HEAD + octets);
        IpAddress network = IpAddress.read(Cstruct.of(address), 0, octets);
        return new EdnsOption.ClientSubnet(new IpPrefix(network, bits), scope);
    }

    static byte[] clientSubnet(EdnsOption.ClientSubnet subnet) {
        IpAddress network = subnet.source().address();
        Cstruct address = Cstruct.create(network.lengthOctets());
        network.write(address, 0);
        int bits = subnet.source().length();
        var out = new Octets();
        out.u16(network.lengthOctets() == 4 ? IPV4 : IPV6);
        out.u8(bits);
        out.u8(subnet.scopeBits());
        out.bytes(address.toByteArray(), 0, (bits + 7) / 8);
        return out.toByteArray();
    }

    private EdnsOptionWire() {}
}
