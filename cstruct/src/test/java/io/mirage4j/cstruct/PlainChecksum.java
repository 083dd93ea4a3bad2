// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

/// The checksum as RFC 1071 words it, 16 bits at a time with the carry added at once: the twin that
/// [InternetChecksum] is held against.
final class PlainChecksum {
    static int fold(byte[] octets, int off, int len) {
        int sum = 0;
        for (int i = 0; i < len; i += 2) {
            int low = i + 1 < len ? octets[off + i + 1] & 0xff : 0;
            sum += ((octets[off + i] & 0xff) << 8) | low;
            if (sum > 0xffff) {
                sum -= 0xffff;
            }
        }
        return sum;
    }

    private PlainChecksum() {}
}
