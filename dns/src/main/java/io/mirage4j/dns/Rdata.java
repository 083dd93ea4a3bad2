// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// The data of a record: its octets, names in them written out in full. They are data of their
/// type, so that they can be printed, put into canonical form and taken apart into a [RecordData].
///
/// ```java
/// Rdata mail = Rdata.of(RrType.MX, "10 mail.example.org.");
/// mail.value();      // RecordData.Mx[preference=10, exchange=mail.example.org.]
/// mail.toString();   // 10 mail.example.org.
/// ```
///
/// Data that differs only in the case of names which the canonical form has in lower case (RFC
/// 4034, 6.2) is equal; the order is that of the canonical octets.
public final class Rdata implements Comparable<Rdata> {
    public static final int MAX_OCTETS = 0xffff;

    private static final byte[] NOTHING = {};

    private final int type;
    private final byte[] octets;

    private Rdata(int type, byte[] octets) {
        this.type = type;
        this.octets = octets;
    }

    /// The data that the octets are, which are copied.
    ///
    /// @throws IllegalArgumentException if data of that type looks different
    public static Rdata of(int type, byte[] octets) {
        RdataForm form = RdataForm.of(type);
        if (octets.length > MAX_OCTETS || (form != null && !fits(form, octets))) {
            throw new IllegalArgumentException(
                    octets.length + " octets are no data of " + RrType.name(type));
        }
        return new Rdata(type, octets.clone());
    }

    private static boolean fits(RdataForm form, byte[] octets) {
        return form.fits(octets, 0, octets.length);
    }

    /// The data that the text means, names in it taken below the root.
    ///
    /// @throws IllegalArgumentException if it means none
    public static Rdata of(int type, String text) {
        return parse(type, text, DnsName.ROOT).orThrow();
    }

    /// Reads the form of zone files, which `\# 3 0a0b0c` always is one of (RFC 3597, 5).
    public static Parsed<Rdata> parse(int type, String text, DnsName origin) {
        try {
            return new Parsed.Value<>(parse(type, Words.of(text, origin), new Octets()));
        } catch (TextFault fault) {
            return new Parsed.Malformed<>(fault.reason(), Math.max(0, fault.at()));
        }
    }

    /// Takes all words that are left.
    static Rdata parse(int type, Words in, Octets scratch) throws TextFault {
        RdataForm form = RdataForm.of(type);
        Octets out = scratch.clear();
        int start = in.start();
        if (in.isGeneric()) {
            in.skip();
            int length = (int) in.number(MAX_OCTETS);
            OctetField.HEX_OR_NONE.parse(in, out);
            if (out.length() != length) {
                throw new TextFault(out.length() + " octets where " + length + " are said", start);
            }
            if (form != null && !form.fits(out.array(), 0, length)) {
                throw new TextFault("not data of " + RrType.name(type), start);
            }
        } else if (form != null) {
            form.parse(in, out);
            if (out.length() > MAX_OCTETS) throw new TextFault("data > 65535 octets", start);
        } else {
            throw new TextFault(RrType.name(type) + " has no form but \\# LENGTH HEX", start);
        }
        return new Rdata(type, out.length() == 0 ? NOTHING : out.toByteArray());
    }

    /// The data in the `len` octets of a message from `off`, pointers in it followed; null if it is
    /// none of its type.
    public static @Nullable Rdata read(ReadOnlyCstruct message, int off, int len, int type) {
        return read(message, off, len, type, new Octets());
    }

    static @Nullable Rdata read(
            ReadOnlyCstruct message, int off, int len, int type, Octets scratch) {
        byte[] raw = len == 0 ? NOTHING : message.toByteArray(off, len);
        RdataForm form = RdataForm.of(type);
        if (form == null) return new Rdata(type, raw);
        Octets out = scratch.clear();
        if (!form.read(raw, message, off, out) || out.length() > MAX_OCTETS) return null;
        boolean same = out.length() == len && Arrays.equals(out.array(), 0, len, raw, 0, len);
        return new Rdata(type, same ? raw : out.toByteArray());
    }

    /// No octets: what stands in updates for a type as such (RFC 2136, 2.4 and 2.5).
    public static Rdata empty(int type) {
        return new Rdata(type, NOTHING);
    }

    static Rdata trusted(int type, Octets octets) {
        return new Rdata(type, octets.toByteArray());
    }

    public int type() {
        return type;
    }

    public int lengthOctets() {
        return octets.length;
    }

    public int u8(int off) {
        return octets[off] & 0xff;
    }

    public byte[] toByteArray() {
        return octets.clone();
    }

    byte[] octets() {
        return octets;
    }

    /// Writes the octets, uncompressed.
    public void write(Cstruct buf, int off) {
        buf.put(off, octets, 0, octets.length);
    }

    /// The fields.
    public RecordData value() {
        return RecordData.of(this);
    }

    /// The same data in canonical form.
    public Rdata canonical() {
        RdataForm form = RdataForm.of(type);
        if (form == null || octets.length == 0) return this;
        byte[] folded = octets.clone();
        form.canonicalize(folded);
        return Arrays.equals(folded, octets) ? this : new Rdata(type, folded);
    }

    @Override
    public int compareTo(Rdata other) {
        if (type != other.type) return Integer.compare(type, other.type);
        return Arrays.compareUnsigned(canonical().octets, other.canonical().octets);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Rdata data
                        && type == data.type
                        && octets.length == data.octets.length
                        && (Arrays.equals(octets, data.octets) || compareTo(data) == 0));
    }

    /// Without regard to case anywhere, which is coarser than equality and quicker than to know
    /// where names are.
    @Override
    public int hashCode() {
        int hash = type;
        for (byte octet : octets) hash = hash * 31 + DnsName.fold(octet);
        return hash;
    }

    /// The form of zone files, on one line and with absolute names.
    @Override
    public String toString() {
        var out = new TextOut();
        print(out);
        return out.toString();
    }

    void print(TextOut out) {
        RdataForm form = RdataForm.of(type);
        if (form == null || !form.hasText(octets)) {
            out.text("\\# ").decimal(octets.length);
            if (octets.length > 0) {
                out.ch(' ').hex(octets, 0, octets.length);
            }
        } else {
            form.print(octets, out);
        }
    }
}
