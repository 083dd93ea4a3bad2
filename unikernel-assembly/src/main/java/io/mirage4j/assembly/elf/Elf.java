// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A 64-bit little-endian ELF file, read whole.
///
/// @param type what `e_type` says: 1 an object, 2 a program at fixed addresses
public record Elf(
        int type,
        int machine,
        long entry,
        List<Segment> segments,
        List<Section> sections,
        List<Symbol> symbols,
        ByteBuffer octets) {
    public static final int RELOCATABLE = 1;
    public static final int EXECUTABLE = 2;
    public static final int X86_64 = 62;

    private static final int HEADER = 64;
    private static final int SEGMENT_HEADER = 56;
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL = 24;
    private static final int SYMBOL_TABLE = 2;
    private static final int NO_BITS = 8;

    /// A program header.
    public record Segment(
            int type,
            int flags,
            long offset,
            long address,
            long fileOctets,
            long memoryOctets,
            long alignment) {
        public static final int LOAD = 1;
        public static final int NOTE = 4;
        public static final int EXECUTE = 1;
        public static final int WRITE = 2;
        public static final int READ = 4;
    }

    public record Section(String name, int type, long address, long offset, long octets) {
        /// How much of the file it takes.
        public long fileOctets() {
            return type == NO_BITS ? 0 : octets;
        }
    }

    /// A name for a place.
    ///
    /// @param section an index of [Elf#sections], 0 if it is not defined here
    public record Symbol(String name, boolean isGlobal, int section, long value) {
        public boolean isUndefined() {
            return section == 0;
        }
    }

    /// A note: the first in its segment.
    public record Note(String name, int type, ByteBuffer content, int contentOffset) {}

    /// Reads a file.
    ///
    /// @throws IOException if it is no such file
    public static Elf read(Path file) throws IOException {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(
                    file + " is no ELF file that is understood: " + e.getMessage(), e);
        }
    }

    static Elf parse(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < HEADER || in.getInt(0) != 0x464c457f) {
            throw new IllegalArgumentException("no ELF magic");
        }
        if (in.get(4) != 2 || in.get(5) != 1) {
            throw new IllegalArgumentException("neither 64-bit nor little-endian");
        }
        List<Section> sections = sections(in);
        return new Elf(
                in.getShort(16),
                in.getShort(18),
                in.getLong(24),
                segments(in),
                sections,
                symbols(in, sections),
                in);
    }

    public Optional<Section> section(String name) {
        return sections.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    public List<Segment> segments(int wanted) {
        return segments.stream().filter(one -> one.type() == wanted).toList();
    }

    /// The first note of each segment of notes, which is all that a tender looks at.
    public List<Note> notes() {
        return segments(Segment.NOTE).stream().map(this::note).toList();
    }

    private Note note(Segment segment) {
        int at = Math.toIntExact(segment.offset());
        int nameOctets = octets.getInt(at);
        int contentOctets = octets.getInt(at + 4);
        int content = at + 12 + (nameOctets + 3 & ~3);
        return new Note(
                text(octets, at + 12),
                octets.getInt(at + 8),
                octets.slice(content, contentOctets).order(ByteOrder.LITTLE_ENDIAN),
                content - at);
    }

    private static List<Segment> segments(ByteBuffer in) {
        int at = Math.toIntExact(in.getLong(32));
        int size = in.getShort(54);
        int count = in.getShort(56);
        if (count > 0 && size != SEGMENT_HEADER) {
            throw new IllegalArgumentException("program header of " + size + " octets, not 56");
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++, at += SEGMENT_HEADER) {
            segments.add(
                    new Segment(
                            in.getInt(at),
                            in.getInt(at + 4),
                            in.getLong(at + 8),
                            in.getLong(at + 16),
                            in.getLong(at + 32),
                            in.getLong(at + 40),
                            in.getLong(at + 48)));
        }
        return segments;
    }

    private static List<Section> sections(ByteBuffer in) {
        int at = Math.toIntExact(in.getLong(40));
        int count = in.getShort(60);
        if (at == 0) return List.of();
        int namesHeader = at + in.getShort(62) * SECTION_HEADER;
        int names = Math.toIntExact(in.getLong(namesHeader + 24));
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < count; i++, at += SECTION_HEADER) {
            sections.add(
                    new Section(
                            text(in, names + in.getInt(at)),
                            in.getInt(at + 4),
                            in.getLong(at + 16),
                            in.getLong(at + 24),
                            in.getLong(at + 32)));
        }
        return sections;
    }

    private static List<Symbol> symbols(ByteBuffer in, List<Section> sections) {
        List<Symbol> symbols = new ArrayList<>();
        int headers = Math.toIntExact(in.getLong(40));
        for (int i = 0; i < sections.size(); i++) {
            Section table = sections.get(i);
            if (table.type() != SYMBOL_TABLE) continue;
            int link = in.getInt(headers + i * SECTION_HEADER + 40);
            int names = Math.toIntExact(sections.get(link).offset());
            int end = Math.toIntExact(table.offset() + table.octets());
            for (int at = Math.toIntExact(table.offset()) + SYMBOL; at < end; at += SYMBOL) {
                symbols.add(
                        new Symbol(
                                text(in, names + in.getInt(at)),
                                in.get(at + 4) >> 4 != 0,
                                in.getShort(at + 6) & 0xffff,
                                in.getLong(at + 8)));
            }
        }
        return symbols;
    }

    private static String text(ByteBuffer in, int at) {
        int end = at;
        while (in.get(end) != 0) {
            end++;
        }
        byte[] octets = new byte[end - at];
        in.get(at, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
