// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// A record: data that a name has, for a while.
///
/// @param ttl how many seconds it may be kept, unsigned
public record ResourceRecord(DnsName name, int rrClass, int ttl, Rdata data) {
    public ResourceRecord {
        if ((rrClass & 0xffff) != rrClass) {
            throw new IllegalArgumentException("class " + rrClass + " has more than 16 bits");
        }
    }

    public int type() {
        return data.type();
    }

    /// The line of a zone file: name, TTL, class, type and data with a blank between them.
    @Override
    public String toString() {
        var out = new TextOut();
        print(out);
        return out.toString();
    }

    void print(TextOut out) {
        print(name, rrClass, ttl, data, out);
    }

    static void print(DnsName name, int rrClass, int ttl, Rdata data, TextOut out) {
        out.name(name.octets(), 0).ch('\t').decimal(Integer.toUnsignedLong(ttl)).ch('\t');
        out.text(RrClass.name(rrClass)).ch('\t').text(RrType.name(data.type())).ch('\t');
        data.print(out);
    }
}
