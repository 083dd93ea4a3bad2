// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// The 48-bit address of an Ethernet port or group.
///
/// @param bits the address as a number, the first octet highest
public record MacAddress(long bits) implements Comparable<MacAddress> {
    public static final int OCTETS = 6;

    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException(
                    "address " + Long.toHexString(bits) + " > ffffffffffff");
        }
    }

    /// Reads six pairs of hexadecimal digits, all with `:` or all with `-` between them.
    public static Parsed<MacAddress> parse(String text) {
        var cursor = new Cursor(text);
        return cursor.result(parse(cursor));
    }

    private static @Nullable MacAddress parse(Cursor in) {
        char separator = in.peek(2) == '-' ? '-' : ':';
        long bits = 0;
        for (int i = 0; i < OCTETS; i++) {
            if (i > 0 && !in.expect(separator)) return null;
            for (int digit = 0; digit < 2; digit++) {
                if (!AddressText.isHex(in.peek(0))) {
                    in.fail("hexadecimal digit expected", in.position());
                    return null;
                }
                bits = bits << 4 | Character.digit(in.peek(0), 16);
                in.moveTo(in.position() + 1);
            }
        }
        return new MacAddress(bits);
    }

    /// As [#parse], for a text that the author of the program wrote.
    ///
    /// @throws IllegalArgumentException if `text` is no address
    public static MacAddress of(String text) {
        return parse(text).orThrow();
    }

    public static MacAddress read(ReadOnlyCstruct buf, int off) {
        return new MacAddress(buf.u48be(off));
    }

    public void write(Cstruct buf, int off) {
        buf.putU48be(off, bits);
    }

    /// Names a group of ports, or all of them.
    public boolean isMulticast() {
        return (bits >>> 40 & 1) != 0;
    }

    public boolean isBroadcast() {
        return bits == BROADCAST.bits;
    }

    /// Given by whoever runs the network, not by the maker of the port.
    public boolean isLocallyAdministered() {
        return (bits >>> 40 & 2) != 0;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    /// As `02:00:00:00:00:01`.
    @Override
    public String toString() {
        var out = new StringBuilder(17);
        for (int shift = 44; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((int) (bits >>> shift) & 0xf, 16));
            if ((shift & 7) == 0 && shift > 0) {
                out.append(':');
            }
        }
        return out.toString();
    }
}
