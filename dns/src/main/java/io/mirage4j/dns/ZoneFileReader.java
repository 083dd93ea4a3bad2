// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Reads one file: entry by entry, each a record or a directive.
final class ZoneFileReader {
    private final ZoneReader reader;
    private final ZoneRules rules;
    private final String path;
    private final EntryLexer lexer;
    private final ZoneState state;
    private final ZoneSink sink;
    private final int depth;
    private final Words words = new Words();

    /// Whether the entry at hand is a directive, a fault in which leaves nothing to go on with.
    private boolean inDirective;

    ZoneFileReader(
            ZoneReader reader,
            String path,
            EntryLexer lexer,
            ZoneState state,
            ZoneSink sink,
            int depth) {
        this.reader = reader;
        this.rules = reader.rules();
        this.path = path;
        this.lexer = lexer;
        this.state = state;
        this.sink = sink;
        this.depth = depth;
        words.portable = rules.portable();
    }

    /// Tells whether the file was read to its end.
    boolean read() {
        while (true) {
            boolean lexed = false;
            inDirective = false;
            try {
                if (!lexer.next(words)) return true;
                lexed = true;
                entry();
            } catch (TextFault fault) {
                boolean fatal = inDirective || lexer.isBroken();
                report(fault, fatal);
                if (fatal || (!lexed && !skipLine())) return false;
            }
        }
    }

    private boolean skipLine() {
        try {
            lexer.skipLine(words);
            return true;
        } catch (TextFault fault) {
            report(fault, true);
            return false;
        }
    }

    private void report(TextFault fault, boolean fatal) {
        int at = Math.max(0, fault.at());
        sink.fault(
                new ZoneFault(path, lexer.lineOf(at), lexer.columnOf(at), fault.reason(), fatal));
    }

    private void entry() throws TextFault {
        sink.at(path, lexer.lineOf(words.start()));
        words.origin = state.origin;
        if (!lexer.isBlankFirst() && words.text()[words.start()] == '$' && !words.isQuoted()) {
            inDirective = true;
            directive();
        } else {
            record(words, lexer.isBlankFirst());
        }
    }

    private void record(Words in, boolean sameOwner) throws TextFault {
        DnsName owner = sameOwner ? state.owner : owner(in);
        if (owner == null) throw in.fault("the first record has no owner");
        state.owner = owner;
        long ttl = ZoneState.NO_TTL;
        boolean classed = false;
        while (true) {
            if (ttl == ZoneState.NO_TTL && in.isNumeric()) {
                ttl = in.seconds();
            } else if (!classed && isClass(in)) {
                classed = true;
                in.skip();
            } else {
                break;
            }
        }
        int typeAt = in.start();
        int type = in.type();
        if (RrType.isMeta(type)) {
            throw new TextFault(RrType.name(type) + " is no type of records in zones", typeAt);
        }
        Rdata data = Rdata.parse(type, in, reader.scratch());
        sink.record(owner, rules.rrClass(), ttl(ttl, data, typeAt), data);
    }

    private @Nullable DnsName owner(Words in) throws TextFault {
        int length = in.name();
        DnsName last = state.owner;
        // The same octets and not only the same name: the case of each line is kept.
        if (last != null
                && last.lengthOctets() == length
                && Arrays.equals(last.octets(), 0, length, in.name, 0, length)) {
            return last;
        }
        return DnsName.copyOf(in.name, 0, length);
    }

    private boolean isClass(Words in) throws TextFault {
        if (!in.hasNext()) return false;
        int found = Mnemonics.CLASSES.find(in.text(), in.start(), in.end());
        if (found < 0) return false;
        boolean numbered = in.length() > 5;
        if (found != rules.rrClass() || (numbered && rules.portable())) {
            throw in.fault(in.word() + " in a zone of class " + RrClass.name(rules.rrClass()));
        }
        return true;
    }

    private int ttl(long said, Rdata data, int typeAt) throws TextFault {
        long ttl = said;
        if (ttl != ZoneState.NO_TTL) {
            state.lastTtl = ttl;
        } else if (state.defaultTtl != ZoneState.NO_TTL) {
            ttl = state.defaultTtl;
        } else if (state.lastTtl != ZoneState.NO_TTL) {
            ttl = state.lastTtl;
        } else if (data.type() == RrType.SOA) {
            // As servers did before there was $TTL, for which it stands then.
            ttl = Field.u32(data.octets(), data.lengthOctets() - 4);
            state.defaultTtl = ttl;
        } else {
            throw new TextFault("no TTL, and none to take over", typeAt);
        }
        return (int) ttl;
    }

    private void directive() throws TextFault {
        String name = words.word().toUpperCase(Locale.ROOT);
        int at = words.start();
        words.skip();
        switch (name) {
            case "$ORIGIN" -> {
                state.origin = directiveName();
                words.expectEnd();
            }
            case "$TTL" -> {
                state.defaultTtl = words.seconds();
                words.expectEnd();
            }
            case "$DATE" -> {
                // Of a dump: when it was made, from which its TTLs count.
                TimeField.TIME.parse(words, words.scratch.clear());
                words.expectEnd();
            }
            case "$INCLUDE" -> include(at);
            case "$GENERATE" -> {
                inDirective = false;
                new Generate(words, at, reader).each(this::generated);
            }
            default -> throw new TextFault("unknown directive " + name, at);
        }
    }

    private DnsName directiveName() throws TextFault {
        words.need("a name");
        if (rules.portable() && !isAbsolute()) throw words.fault("not absolute: " + words.word());
        int length = words.name();
        return DnsName.copyOf(words.name, 0, length);
    }

    private boolean isAbsolute() {
        byte[] text = words.text();
        int end = words.end();
        return words.length() > 0
                && text[end - 1] == '.'
                && (words.length() < 2 || text[end - 2] != '\\');
    }

    private void include(int at) throws TextFault {
        var name = new Octets();
        words.need("a file");
        words.unescape(name);
        String file = FilePaths.beside(path, name);
        DnsName origin = state.origin;
        if (words.hasNext()) {
            origin = directiveName();
        }
        words.expectEnd();
        if (!reader.include(file, origin, state, sink, depth, at)) {
            throw new TextFault(file + " was not read to its end", at);
        }
    }

    /// A line that `$GENERATE` made. Its faults are told at the directive.
    private void generated(byte[] line, int at) throws TextFault {
        var made = new Words();
        made.origin = state.origin;
        made.portable = rules.portable();
        DnsName owner = state.owner;
        try {
            new EntryLexer(line).next(made);
            record(made, false);
        } catch (TextFault fault) {
            throw new TextFault(
                    fault.reason()
                            + " in generated "
                            + new String(line, StandardCharsets.ISO_8859_1),
                    at);
        } finally {
            state.owner = owner;
        }
    }
}
