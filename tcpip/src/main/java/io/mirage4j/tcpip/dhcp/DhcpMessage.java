// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.dhcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.tcpip.wire.Decoded;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A message of BOOTP with the options of DHCP (RFC 2131, 2; RFC 2132).
///
/// @param hardware the 16 octets of chaddr
/// @param serverName the 64 octets of sname, which may hold options
/// @param file the 128 octets of file, which may hold options
/// @param options in their order, without pads and end
public record DhcpMessage(
        int operation,
        int hardwareType,
        int hardwareLength,
        int hops,
        int transaction,
        int seconds,
        int flags,
        Ipv4Address clientAddress,
        Ipv4Address yourAddress,
        Ipv4Address serverAddress,
        Ipv4Address relayAddress,
        ReadOnlyCstruct hardware,
        ReadOnlyCstruct serverName,
        ReadOnlyCstruct file,
        List<DhcpOption> options) {
    public static final int SERVER_PORT = 67;
    public static final int CLIENT_PORT = 68;

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    /// In [#flags]: answer to everybody, since we have no address yet.
    public static final int BROADCAST = 0x8000;

    private static final int HARDWARE = 28;
    private static final int SERVER_NAME = 44;
    private static final int FILE = 108;
    private static final int COOKIE = 236;
    private static final int OPTIONS = 240;
    private static final int MAGIC = 0x6382_5363;

    /// RFC 1542, 2.1: some relays drop shorter ones.
    private static final int MIN_LENGTH = 300;

    public DhcpMessage {
        options = List.copyOf(options);
    }

    /// A client's message: its MAC address, a transaction, no more.
    public static DhcpMessage fromClient(
            long mac, int transaction, int seconds, Ipv4Address address, List<DhcpOption> options) {
        Cstruct hardware = Cstruct.create(16);
        hardware.putU48be(0, mac);
        Ipv4Address none = Ipv4Address.UNSPECIFIED;
        return new DhcpMessage(
                REQUEST,
                1,
                6,
                0,
                transaction,
                Math.min(seconds, 0xffff),
                address.isUnspecified() ? BROADCAST : 0,
                address,
                none,
                none,
                none,
                hardware.readOnly(),
                Cstruct.create(64).readOnly(),
                Cstruct.create(128).readOnly(),
                options);
    }

    public static Decoded<DhcpMessage> parse(ReadOnlyCstruct buf, int off, int len) {
        if (len < OPTIONS || buf.u32be(off + COOKIE) != MAGIC) {
            return Decoded.refused(Verdict.DHCP_MALFORMED);
        }
        List<DhcpOption> options = new ArrayList<>();
        if (!DhcpOption.parseAll(buf, off + OPTIONS, len - OPTIONS, options)) {
            return Decoded.refused(Verdict.DHCP_MALFORMED);
        }
        return Decoded.of(
                new DhcpMessage(
                        buf.u8(off),
                        buf.u8(off + 1),
                        buf.u8(off + 2),
                        buf.u8(off + 3),
                        buf.u32be(off + 4),
                        buf.u16be(off + 8),
                        buf.u16be(off + 10),
                        Ipv4Address.read(buf, off + 12),
                        Ipv4Address.read(buf, off + 16),
                        Ipv4Address.read(buf, off + 20),
                        Ipv4Address.read(buf, off + 24),
                        copy(buf, off + HARDWARE, 16),
                        copy(buf, off + SERVER_NAME, 64),
                        copy(buf, off + FILE, 128),
                        options));
    }

    private static ReadOnlyCstruct copy(ReadOnlyCstruct buf, int off, int len) {
        byte[] octets = buf.toByteArray(off, len);
        return Cstruct.of(octets).readOnly();
    }

    public int lengthOctets() {
        int length = OPTIONS + 1;
        for (DhcpOption option : options) {
            length += option.lengthOctets();
        }
        return Math.max(length, MIN_LENGTH);
    }

    /// Writes [#lengthOctets] octets at `off`.
    public void emit(Cstruct buf, int off) {
        buf.fill(off, lengthOctets(), 0);
        buf.putU8(off, operation);
        buf.putU8(off + 1, hardwareType);
        buf.putU8(off + 2, hardwareLength);
        buf.putU8(off + 3, hops);
        buf.putU32be(off + 4, transaction);
        buf.putU16be(off + 8, seconds);
        buf.putU16be(off + 10, flags);
        clientAddress.write(buf, off + 12);
        yourAddress.write(buf, off + 16);
        serverAddress.write(buf, off + 20);
        relayAddress.write(buf, off + 24);
        buf.put(off + HARDWARE, hardware);
        buf.put(off + SERVER_NAME, serverName);
        buf.put(off + FILE, file);
        buf.putU32be(off + COOKIE, MAGIC);
        int at = off + OPTIONS;
        for (DhcpOption option : options) {
            option.emit(buf, at);
            at += option.lengthOctets();
        }
        buf.putU8(at, DhcpOption.END);
    }

    /// The octets of all options of a code, one behind the other (RFC 3396), or null.
    public @Nullable ReadOnlyCstruct option(int code) {
        ReadOnlyCstruct found = null;
        for (DhcpOption option : allOptions()) {
            if (option.code() == code) {
                found =
                        found == null
                                ? option.octets()
                                : Cstruct.concat(List.of(found, option.octets())).readOnly();
            }
        }
        return found;
    }

    /// With those in file and sname, if option 52 says so (RFC 2131, 4.1). What is not whole there
    /// does not count.
    private List<DhcpOption> allOptions() {
        int overload = 0;
        for (DhcpOption option : options) {
            if (option.code() == DhcpOption.OVERLOAD && option.octets().length() == 1) {
                overload = option.octets().u8(0);
            }
        }
        if (overload == 0) return options;
        List<DhcpOption> all = new ArrayList<>(options);
        if ((overload & 1) != 0) {
            DhcpOption.parseAll(file, 0, file.length(), all);
        }
        if ((overload & 2) != 0) {
            DhcpOption.parseAll(serverName, 0, serverName.length(), all);
        }
        return all;
    }
}
