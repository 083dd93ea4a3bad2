// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tap;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// Fields of a message in the encoding of Protocol Buffers, one behind the other in a window. A
/// field number has up to 15; nothing here allocates.
final class ProtobufWriter {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final Cstruct target;
    private int length;

    ProtobufWriter(Cstruct target) {
        this.target = target;
    }

    /// Goes on behind the first `octets`.
    void rewind(int octets) {
        length = octets;
    }

    int length() {
        return length;
    }

    void varint(int field, long value) {
        tag(field, VARINT);
        raw(value);
    }

    void fixed32(int field, int value) {
        tag(field, FIXED32);
        target.putU32le(length, value);
        length += 4;
    }

    void bytes(int field, ReadOnlyCstruct octets, int off, int len) {
        bytesHead(field, len);
        octets.copyTo(off, target, length, len);
        length += len;
    }

    void bytesHead(int field, int len) {
        tag(field, BYTES);
        raw(len);
    }

    private void tag(int field, int kind) {
        target.putU8(length++, (field << 3) | kind);
    }

    /// Seven bits an octet, the lowest first; the eighth says that more follow.
    private void raw(long value) {
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7)
            target.putU8(length++, (int) ((rest & 0x7f) | 0x80));
        target.putU8(length++, (int) rest);
    }
}
