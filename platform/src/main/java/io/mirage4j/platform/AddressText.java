// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import org.jspecify.annotations.Nullable;

/// IP addresses from and to text. The parsers return null where the cursor has a fault.
final class AddressText {
    private static final int GROUPS = 8;
    private static final int NO_GAP = -1;

    static @Nullable IpAddress ip(Cursor in) {
        for (int ahead = 0; ahead < 5; ahead++) {
            if (in.peek(ahead) == ':') return ipv6(in);
        }
        return ipv4(in);
    }

    static @Nullable Ipv4Address ipv4(Cursor in) {
        int bits = 0;
        for (int i = 0; i < 4; i++) {
            if (i > 0 && !in.expect('.')) return null;
            int octet = in.decimal(255, "octet");
            if (octet < 0) return null;
            bits = bits << 8 | octet;
        }
        return new Ipv4Address(bits);
    }

    /// RFC 4291, 2.2: eight groups, one run of them abbreviated to `::`, the last two dotted.
    static @Nullable Ipv6Address ipv6(Cursor in) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = NO_GAP; // how many groups stand before the `::`
        if (in.take(':')) {
            if (!in.expect(':')) return null;
            gap = 0;
        }
        while (count < GROUPS && (count != gap || isHex(in.peek(0)))) {
            int groupStart = in.position();
            int group = group(in);
            if (group < 0) return null;
            if (in.peek(0) == '.') {
                in.moveTo(groupStart);
                Ipv4Address tail = count <= GROUPS - 2 ? ipv4(in) : tooMany(in);
                if (tail == null) return null;
                groups[count++] = tail.bits() >>> 16;
                groups[count++] = tail.bits() & 0xffff;
                break;
            }
            groups[count++] = group;
            if (in.peek(0) != ':' || count == GROUPS) break;
            in.take(':');
            if (in.peek(0) == ':') {
                if (gap != NO_GAP) {
                    in.fail("second '::'", in.position() - 1);
                    return null;
                }
                in.take(':');
                gap = count;
            }
        }
        if (gap == NO_GAP ? count < GROUPS : count == GROUPS) {
            // A `::` stands for one group at least.
            in.fail(
                    count + " groups " + (gap == NO_GAP ? "and no '::'" : "and a '::'"),
                    in.position());
            return null;
        }
        return join(groups, count, gap == NO_GAP ? count : gap);
    }

    private static @Nullable Ipv4Address tooMany(Cursor in) {
        in.fail("no room for a dotted end", in.position());
        return null;
    }

    /// One to four hexadecimal digits.
    private static int group(Cursor in) {
        int start = in.position();
        int value = 0;
        for (; isHex(in.peek(0)); in.moveTo(in.position() + 1)) {
            if (in.position() == start + 4) {
                in.fail("group of more than 4 digits", start);
                return -1;
            }
            value = value << 4 | Character.digit(in.peek(0), 16);
        }
        if (in.position() == start) {
            in.fail("group expected", start);
            return -1;
        }
        return value;
    }

    /// ASCII only, unlike `Character.digit`.
    static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static Ipv6Address join(int[] groups, int count, int gap) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < count; i++) {
            int at = i < gap ? i : i + GROUPS - count;
            long placed = (long) groups[i] << (48 - 16 * (at & 3));
            if (at < 4) {
                high |= placed;
            } else {
                low |= placed;
            }
        }
        return new Ipv6Address(high, low);
    }

    static void emit(Ipv4Address address, StringBuilder out) {
        int bits = address.bits();
        out.append(bits >>> 24)
                .append('.')
                .append(bits >>> 16 & 0xff)
                .append('.')
                .append(bits >>> 8 & 0xff)
                .append('.')
                .append(bits & 0xff);
    }

    /// RFC 5952, 4: lower case, no zeros in front, `::` for the longest run of at least two zero
    /// groups and the first of equals; 5: dotted where the prefix says that it is an IPv4 address.
    static void emit(Ipv6Address address, StringBuilder out) {
        if (address.isV4Mapped()) {
            emit(new Ipv4Address((int) address.low()), out.append("::ffff:"));
            return;
        }
        int gap = NO_GAP;
        int gapLength = 1;
        for (int i = 0, run = 0; i < GROUPS; i++) {
            run = group(address, i) == 0 ? run + 1 : 0;
            if (run > gapLength) {
                gapLength = run;
                gap = i - run + 1;
            }
        }
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                out.append("::");
                i += gapLength - 1;
            } else {
                out.append(i == 0 || (gap != NO_GAP && i == gap + gapLength) ? "" : ":")
                        .append(Integer.toHexString(group(address, i)));
            }
        }
    }

    private static int group(Ipv6Address address, int index) {
        long half = index < 4 ? address.high() : address.low();
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
    }

    private AddressText() {}
}
