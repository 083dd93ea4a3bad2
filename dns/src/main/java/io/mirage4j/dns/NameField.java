// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// A domain name. It is written out in full in a record's data; in messages pointers are followed
/// wherever they stand, since some senders use them where RFC 3597, 4 forbids it.
final class NameField extends Field {
    static final NameField NAME = new NameField();

    @Override
    void parse(Words in, Octets out) throws TextFault {
        int length = in.name();
        out.bytes(in.name, 0, length);
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        for (int in = at; in < end; in += rdata[in] + 1) {
            if (rdata[in] == 0) return in + 1 - at <= DnsName.MAX_OCTETS ? in + 1 : -1;
            if (rdata[in] < 0 || rdata[in] > DnsName.MAX_LABEL_OCTETS) return -1;
        }
        return -1;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        out.name(rdata, at);
        return skip(rdata, at, rdata.length);
    }

    @Override
    boolean isName() {
        return true;
    }

    @Override
    int read(byte[] raw, int at, int end, ReadOnlyCstruct message, int base, Octets out) {
        int off = base + at;
        int next = NameWire.skip(message, off);
        if (next < 0 || next > base + end) return -1;
        int to = out.length();
        if (to > Rdata.MAX_OCTETS) return -1; // a list of pointers would grow a hundredfold
        out.grow(DnsName.MAX_OCTETS);
        int length = NameWire.copy(message, off, out.array(), to);
        out.cut(to + Math.max(0, length));
        return length < 0 ? -1 : next - base;
    }

    private NameField() {}
}
