// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.util.Arrays;

/// Octets that are being put together; kept and cleared rather than made anew.
final class Octets {
    private byte[] array = new byte[512];
    private int length;

    int length() {
        return length;
    }

    /// What holds the octets until the next one is appended.
    byte[] array() {
        return array;
    }

    Octets clear() {
        length = 0;
        return this;
    }

    void cut(int length) {
        this.length = length;
    }

    /// Makes room for `count` octets and tells where they begin.
    int grow(int count) {
        int at = length;
        if (count > array.length - at) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, at + count));
        }
        length = at + count;
        return at;
    }

    void u8(int v) {
        if (length == array.length) grow(1);
        else length++;
        array[length - 1] = (byte) v;
    }

    void u16(int v) {
        int at = grow(2);
        array[at] = (byte) (v >> 8);
        array[at + 1] = (byte) v;
    }

    void u32(long v) {
        u16((int) (v >>> 16));
        u16((int) v);
    }

    void u48(long v) {
        u16((int) (v >>> 32));
        u32(v);
    }

    void u64(long v) {
        u32(v >>> 32);
        u32(v);
    }

    void bytes(byte[] source) {
        bytes(source, 0, source.length);
    }

    void bytes(byte[] source, int off, int len) {
        int at = grow(len);
        System.arraycopy(source, off, array, at, len);
    }

    void name(DnsName name) {
        int at = grow(name.lengthOctets());
        name.copyTo(array, at);
    }

    void setU8(int at, int v) {
        array[at] = (byte) v;
    }

    void setU16(int at, int v) {
        array[at] = (byte) (v >> 8);
        array[at + 1] = (byte) v;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }
}
