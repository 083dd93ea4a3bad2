// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// The tags of keys (RFC 4034, appendix B).
final class KeyTags {
    private static final int RSAMD5 = 1;

    static int of(byte[] dnskey) {
        int length = dnskey.length;
        // B.1: of this algorithm the lowest bits of the modulus but for the last octet.
        if ((dnskey[3] & 0xff) == RSAMD5 && length >= 7) return Field.u16(dnskey, length - 3);
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (i & 1) == 0 ? (dnskey[i] & 0xff) << 8 : dnskey[i] & 0xff;
        }
        return sum + (sum >> 16 & 0xffff) & 0xffff;
    }

    private KeyTags() {}
}
