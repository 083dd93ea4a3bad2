// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.platform.Parsed;

import java.nio.charset.StandardCharsets;

/// A record: data that a name has, for a while.
///
/// @param ttl how many seconds it may be kept, unsigned
public record ResourceRecord(DnsName name, int rrClass, int ttl, Rdata data) {
    public ResourceRecord {
        if ((rrClass & 0xffff) != rrClass) {
            throw new IllegalArgumentException("class " + rrClass + " has more than 16 bits");
        }
    }

    /// Reads one record of any type and class as a zone file has it. Where the text begins with a
    /// blank the record is `owner`'s, and where it has no TTL it is `ttl`.
    public static Parsed<ResourceRecord> parse(
            String text, DnsName owner, DnsName origin, int ttl) {
        var lexer = new EntryLexer(text.getBytes(StandardCharsets.UTF_8));
        var words = new Words();
        words.origin = origin;
        try {
            if (!lexer.next(words)) return new Parsed.Malformed<>("no record", text.length());
            DnsName name = owner;
            if (!lexer.isBlankFirst()) {
                int length = words.name();
                name = DnsName.copyOf(words.name, 0, length);
            }
            int rrClass = RrClass.IN;
            long seconds = Integer.toUnsignedLong(ttl);
            for (int i = 0; i < 2; i++) {
                int found = Mnemonics.CLASSES.find(words.text(), words.start(), words.end());
                if (words.isNumeric()) {
                    seconds = words.seconds();
                } else if (found >= 0) {
                    rrClass = found;
                    words.skip();
                }
            }
            Rdata data = Rdata.parse(words.type(), words, new Octets());
            return new Parsed.Value<>(new ResourceRecord(name, rrClass, (int) seconds, data));
        } catch (TextFault fault) {
            return new Parsed.Malformed<>(fault.reason(), Math.max(0, fault.at()));
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
