// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// Puts the octets of data together.
final class RecordDataWriter {
    private final int type;
    private final Octets out = new Octets();

    RecordDataWriter(int type) {
        this.type = type;
    }

    RecordDataWriter u8(int v) {
        require(v, 8);
        out.u8(v);
        return this;
    }

    RecordDataWriter u16(int v) {
        require(v, 16);
        out.u16(v);
        return this;
    }

    private void require(int v, int bits) {
        if (v >>> bits != 0) {
            throw new IllegalArgumentException(
                    RrType.name(type) + ": " + v + " has more than " + bits + " bits");
        }
    }

    RecordDataWriter u32(int v) {
        out.u32(Integer.toUnsignedLong(v));
        return this;
    }

    RecordDataWriter u48(long v) {
        if (v >>> 48 != 0) throw new IllegalArgumentException(v + " has more than 48 bits");
        out.u48(v);
        return this;
    }

    RecordDataWriter u64(long v) {
        out.u64(v);
        return this;
    }

    RecordDataWriter name(DnsName name) {
        out.name(name);
        return this;
    }

    /// Without a length.
    RecordDataWriter blob(Blob blob) {
        out.bytes(blob.toByteArray());
        return this;
    }

    /// With a length of one octet.
    RecordDataWriter string(Blob blob) {
        return u8(blob.length()).blob(blob);
    }

    /// With a length of two octets.
    RecordDataWriter sized(Blob blob) {
        return u16(blob.length()).blob(blob);
    }

    RecordDataWriter types(RecordData.TypeSet types) {
        BitmapField.append(types.bits(), out);
        return this;
    }

    /// @throws IllegalArgumentException if that is no data of the type
    Rdata done() {
        return Rdata.of(type, out.toByteArray());
    }
}
