// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import java.util.Arrays;

/// Names as octets whose unsigned order is the canonical order of the names (RFC 4034, 6.1), so
/// that a search compares with one vectorised call.
///
/// The labels stand from the root on, each ended by 0; a 0 or 1 in a label is written as 1 0 or 1 1
/// with 1 added, so that nothing in a label sorts as low as its end. Nothing here allocates but
/// [#of].
final class SortKey {
    /// Twice the octets of the longest name.
    static final int MAX_OCTETS = 510;

    private static final int END = 0;
    private static final int ESCAPE = 1;

    static byte[] of(byte[] name) {
        short[] offsets = new short[128];
        int labels = 0;
        for (int at = 0; name[at] != 0; at += name[at] + 1) offsets[labels++] = (short) at;
        byte[] key = new byte[MAX_OCTETS];
        int length = 0;
        for (int i = labels - 1; i >= 0; i--) length = label(name, offsets[i], key, length);
        return Arrays.copyOf(key, length);
    }

    /// Writes the key of a name and tells its length.
    static int of(QueryName name, byte[] key) {
        int length = 0;
        for (int i = name.labels() - 1; i >= 0; i--) {
            length = label(name.octets, name.off(i), key, length);
        }
        return length;
    }

    private static int label(byte[] name, int off, byte[] key, int at) {
        int to = at;
        int end = off + name[off] + 1;
        for (int i = off + 1; i < end; i++) {
            int octet = name[i];
            if (octet == END || octet == ESCAPE) {
                key[to++] = ESCAPE;
                key[to++] = (byte) (octet + 1);
            } else {
                key[to++] = (byte) octet;
            }
        }
        key[to++] = END;
        return to;
    }

    private SortKey() {}
}
