// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;

import java.io.IOException;

/// Reads zone files (RFC 1035, 5; `$TTL`: RFC 2308, 4; other types and classes: RFC 3597;
/// `$GENERATE` as BIND has it) from a [Kv], record by record. Memory is bounded by the longest
/// entry, not by the file. All faults are told, not only the first.
///
/// ```java
/// new ZoneReader(files, ZoneRules.STANDARD).read("example.org.zone", DnsName.of("example.org."), sink);
/// ```
///
/// One reader is used by one thread.
public final class ZoneReader {
    private final Kv files;
    private final ZoneRules rules;
    private final Octets scratch = new Octets();
    private int includesLeft;
    private int generatedLeft;

    /// @param files where `$INCLUDE` finds what it names, relative to the file that it stands in
    public ZoneReader(Kv files, ZoneRules rules) {
        this.files = files;
        this.rules = rules;
        this.includesLeft = rules.includes();
        this.generatedLeft = rules.generated();
    }

    /// Reads the file at `path`.
    ///
    /// @return whether it was read to its end; faults that are not fatal may have been told
    /// @throws IOException if there is no such file
    public boolean read(String path, DnsName origin, ZoneSink sink) throws IOException {
        Kv.Value value = files.find(path);
        if (value == null) throw new IOException("no file " + path);
        return readFile(path, new EntryLexer(feed(value)), new ZoneState(origin, rules), sink, 0);
    }

    /// Reads a text, which is called `name` in faults and for `$INCLUDE`.
    public boolean readText(String name, ReadOnlyCstruct text, DnsName origin, ZoneSink sink) {
        var lexer = new EntryLexer(text.toByteArray());
        return readFile(name, lexer, new ZoneState(origin, rules), sink, 0);
    }

    private boolean readFile(
            String path, EntryLexer lexer, ZoneState state, ZoneSink sink, int depth) {
        return new ZoneFileReader(this, path, lexer, state, sink, depth).read();
    }

    /// Reads what `$INCLUDE` names; what it sets does not come back.
    boolean include(String path, DnsName origin, ZoneState state, ZoneSink sink, int depth, int at)
            throws TextFault {
        if (depth == rules.includeDepth()) {
            throw new TextFault("files are included deeper than " + depth, at);
        }
        if (--includesLeft < 0) {
            throw new TextFault("more than " + rules.includes() + " files are included", at);
        }
        Kv.Value value;
        try {
            value = Kv.isPath(path) ? files.find(path) : null;
        } catch (IOException e) {
            throw new TextFault(path + " can not be read: " + e.getMessage(), at);
        }
        if (value == null) throw new TextFault("no file " + path, at);
        var lexer = new EntryLexer(feed(value));
        return readFile(path, lexer, state.included(origin), sink, depth + 1);
    }

    /// Whether `$GENERATE` may make so many more records.
    boolean mayGenerate(long count) {
        if (count > generatedLeft) return false;
        generatedLeft -= (int) count;
        return true;
    }

    ZoneRules rules() {
        return rules;
    }

    Octets scratch() {
        return scratch;
    }

    private static EntryLexer.Feed feed(Kv.Value value) {
        long size = value.size();
        return new EntryLexer.Feed() {
            private long off;

            @Override
            public int read(byte[] target, int to, int len) throws IOException {
                int count = (int) Math.min(len, size - off);
                if (count == 0) return -1;
                value.read(off, count).copyTo(0, target, to, count);
                off += count;
                return count;
            }
        };
    }
}
