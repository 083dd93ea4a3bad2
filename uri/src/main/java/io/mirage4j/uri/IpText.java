// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// Writes IP addresses.
final class IpText {
    static String ipv4(int address) {
        return (address >>> 24)
                + "."
                + ((address >>> 16) & 0xff)
                + "."
                + ((address >>> 8) & 0xff)
                + "."
                + (address & 0xff);
    }

    /// The recommended form (RFC 5952): lower case, no zeros in front, `::` for the first of the
    /// longest runs of two or more zero groups, dotted if it is an IPv4-mapped address.
    static String ipv6(long high, long low) {
        if (high == 0 && low >>> 32 == 0xffff) return "::ffff:" + ipv4((int) low);
        int gapStart = 8;
        int gapLength = 1;
        for (int i = 0, run = 0; i < 8; i++) {
            run = group(high, low, i) == 0 ? run + 1 : 0;
            if (run > gapLength) {
                gapLength = run;
                gapStart = i - run + 1;
            }
        }
        var out = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gapStart) {
                out.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(group(high, low, i)));
        }
        return out.toString();
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
    }

    private IpText() {}
}
