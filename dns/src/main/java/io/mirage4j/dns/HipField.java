// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.apache.commons.codec.binary.Base64;

import java.util.Arrays;

/// A host identity and its rendezvous servers (RFC 8005): lengths of both octet strings stand in
/// front in the data, and nowhere in the text.
final class HipField extends Field {
    static final HipField HIP = new HipField();

    private static final int HEAD = 4;

    @Override
    void parse(Words in, Octets out) throws TextFault {
        int at = out.grow(HEAD);
        out.setU8(at + 1, (int) in.numberOr(Mnemonics.ALGORITHMS, 0xff));
        var one = new Octets();
        oneWord(in, OctetField.HEX, one);
        if (one.length() > 0xff) throw in.fault("identity tag > 255 octets");
        out.setU8(at, one.length());
        out.bytes(one.array(), 0, one.length());
        oneWord(in, OctetField.BASE64, one.clear());
        out.setU16(at + 2, one.length());
        out.bytes(one.array(), 0, one.length());
        while (in.hasNext()) NameField.NAME.parse(in, out);
    }

    /// The data of a field that would take all words, from the next one only.
    private static void oneWord(Words in, OctetField field, Octets out) throws TextFault {
        in.need("an identity");
        var alone = new Words();
        alone.text(in.text(), in.end());
        alone.add(in.start(), in.end(), false);
        field.parse(alone, out);
        in.skip();
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        int next = keysEnd(rdata, at, end);
        while (next >= 0 && next < end) next = NameField.NAME.skip(rdata, next, end);
        return next;
    }

    private static int keysEnd(byte[] rdata, int at, int end) {
        if (end - at < HEAD) return -1;
        int tag = rdata[at] & 0xff;
        int key = u16(rdata, at + 2);
        int next = at + HEAD + tag + key;
        return tag == 0 || key == 0 || next > end ? -1 : next;
    }

    @Override
    int read(byte[] raw, int at, int end, ReadOnlyCstruct message, int base, Octets out) {
        int next = keysEnd(raw, at, end);
        if (next < 0) return -1;
        out.bytes(raw, at, next - at);
        while (next >= 0 && next < end) {
            next = NameField.NAME.read(raw, next, end, message, base, out);
        }
        return next;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        int key = at + HEAD + (rdata[at] & 0xff);
        int next = key + u16(rdata, at + 2);
        out.decimal(rdata[at + 1] & 0xff).ch(' ').hex(rdata, at + HEAD, key - at - HEAD).ch(' ');
        out.ascii(Base64.encodeBase64(Arrays.copyOfRange(rdata, key, next)));
        while (next < rdata.length) next = NameField.NAME.print(rdata, next, out.ch(' '));
        return next;
    }

    private HipField() {}
}
