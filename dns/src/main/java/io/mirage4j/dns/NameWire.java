// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// Names in a message, read in place with their pointers (RFC 1035, 4.1.4). Nothing here allocates.
///
/// A pointer must point before the label it stands for, and each one before the one that led to it;
/// so every walk ends. A name with more than [#MAX_POINTERS] of them is refused, since no writer
/// makes one and walking many such takes long. What is no name gives -1.
public final class NameWire {
    /// As many as a name can have labels, and so as many as can be of any use.
    public static final int MAX_POINTERS = 127;

    private static final int POINTER = 0xc0;

    /// The offset behind the name at `off`, or -1. Only its own octets are looked at, not what a
    /// pointer points to.
    public static int skip(ReadOnlyCstruct message, int off) {
        int end = message.length();
        int at = off;
        while (at < end) {
            int label = message.u8(at);
            if (label == 0) return at + 1 - off > DnsName.MAX_OCTETS ? -1 : at + 1;
            if (label >= POINTER) return at + 2 > end ? -1 : at + 2;
            if (label > DnsName.MAX_LABEL_OCTETS) return -1;
            at += label + 1;
        }
        return -1;
    }

    /// How many octets the name at `off` has when it is written out, or -1 if it is none.
    public static int length(ReadOnlyCstruct message, int off) {
        int end = message.length();
        int at = off;
        int lowest = off;
        int pointers = 0;
        int length = 0;
        while (at < end) {
            int label = message.u8(at);
            if (label == 0) return length + 1 > DnsName.MAX_OCTETS ? -1 : length + 1;
            if (label >= POINTER) {
                if (at + 2 > end) return -1;
                at = message.u16be(at) & 0x3fff;
                if (at >= lowest || ++pointers > MAX_POINTERS) return -1;
                lowest = at;
                continue;
            }
            if (label > DnsName.MAX_LABEL_OCTETS) return -1;
            length += label + 1;
            at += label + 1;
            if (length >= DnsName.MAX_OCTETS) return -1;
        }
        return -1;
    }

    /// Writes out the name at `off` and tells its length, or -1. `target` must have 255 octets
    /// left.
    public static int copy(ReadOnlyCstruct message, int off, byte[] target, int targetOff) {
        int length = length(message, off);
        if (length < 0) return -1;
        int at = off;
        int to = targetOff;
        for (int label; (label = message.u8(at)) != 0; ) {
            if (label >= POINTER) {
                at = message.u16be(at) & 0x3fff;
            } else {
                message.copyTo(at, target, to, label + 1);
                to += label + 1;
                at += label + 1;
            }
        }
        target[to] = 0;
        return length;
    }

    /// Whether the name at `off` is `name`.
    public static boolean equals(ReadOnlyCstruct message, int off, DnsName name) {
        return equals(message, off, name.octets(), 0);
    }

    /// Whether the name at `off`, which is one, is the one in `name` from `nameOff` in its case
    /// too.
    static boolean isSpelt(ReadOnlyCstruct message, int off, byte[] name, int nameOff) {
        int at = off;
        int in = nameOff;
        for (int label; (label = message.u8(at)) != 0; ) {
            if (label >= POINTER) {
                at = message.u16be(at) & 0x3fff;
                continue;
            }
            for (int i = 0; i <= label; i++) {
                if (message.u8(at + i) != (name[in + i] & 0xff)) return false;
            }
            at += label + 1;
            in += label + 1;
        }
        return name[in] == 0;
    }

    /// Whether the name at `off` is the one in `name` from `nameOff`.
    static boolean equals(ReadOnlyCstruct message, int off, byte[] name, int nameOff) {
        int end = message.length();
        int lowest = off;
        int pointers = 0;
        int at = off;
        int in = nameOff;
        while (at < end) {
            int label = message.u8(at);
            if (label >= POINTER) {
                if (at + 2 > end) return false;
                at = message.u16be(at) & 0x3fff;
                if (at >= lowest || ++pointers > MAX_POINTERS) return false;
                lowest = at;
                continue;
            }
            if (label != name[in]) return false;
            if (label == 0) return true;
            if (at + label >= end) return false;
            for (int i = 1; i <= label; i++) {
                int a = message.u8(at + i);
                int b = name[in + i] & 0xff;
                if (a != b && DnsName.fold(a) != DnsName.fold(b)) return false;
            }
            at += label + 1;
            in += label + 1;
        }
        return false;
    }

    /// The hash of the name at `off`, as [DnsName#hashCode] has it.
    ///
    /// @throws IllegalArgumentException if it is no name
    public static int hash(ReadOnlyCstruct message, int off) {
        if (length(message, off) < 0) throw new IllegalArgumentException("no name at " + off);
        int hash = 0;
        int power = 1;
        int at = off;
        for (int label; (label = message.u8(at)) != 0; ) {
            if (label >= POINTER) {
                at = message.u16be(at) & 0x3fff;
                continue;
            }
            for (int i = 0; i <= label; i++) {
                hash += DnsName.fold(message.u8(at + i)) * power;
                power *= NameHash.B;
            }
            at += label + 1;
        }
        return hash;
    }

    private NameWire() {}
}
