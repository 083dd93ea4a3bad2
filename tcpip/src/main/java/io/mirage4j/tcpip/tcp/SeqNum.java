// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Sequence numbers: `int`s compared modulo 2^32 (RFC 9293, 3.4). Two that are compared must be
/// less than 2^31 apart.
final class SeqNum {
    static boolean before(int a, int b) {
        return a - b < 0;
    }

    static boolean after(int a, int b) {
        return a - b > 0;
    }

    static boolean atMost(int a, int b) {
        return a - b <= 0;
    }

    static boolean atLeast(int a, int b) {
        return a - b >= 0;
    }

    /// Whether `a` is one of the `len` numbers from `from`.
    static boolean within(int a, int from, int len) {
        return Integer.compareUnsigned(a - from, len) < 0;
    }

    static int max(int a, int b) {
        return after(a, b) ? a : b;
    }

    static int min(int a, int b) {
        return before(a, b) ? a : b;
    }

    private SeqNum() {}
}
