// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The field lines of a head or a trailer section, in their order, where they stand in the input.
/// They are valid until the octets are overwritten or the reader is asked for the next event;
/// whoever keeps them copies them out.
///
/// Names and values are found by offset and length; [#name] and [#value] make text of them. Nothing
/// else here allocates, but for the table where a message has more lines than any before it.
public final class FieldLines {
    private static final int FEW = 32;

    /// Numbers of a line: offset and end of its name, offset and end of its value.
    private static final int STRIDE = 4;

    /// Empty before the first line: most messages have no trailers.
    private int[] spans = {};

    private int count;
    private ReadOnlyCstruct octets = ReadOnlyCstruct.of("");
    private boolean folded;

    FieldLines() {}

    void clear() {
        count = 0;
        folded = false;
    }

    /// Begins with those of a window.
    void begin(ReadOnlyCstruct octets) {
        clear();
        over(octets);
    }

    /// A reader is mostly shown the same window again: not to store it spares the collector's
    /// barrier.
    @SuppressWarnings("ReferenceEquality") // the same window, not an equal one
    void over(ReadOnlyCstruct octets) {
        if (this.octets != octets) {
            this.octets = octets;
        }
    }

    void add(int nameOff, int nameEnd, int valueOff, int valueEnd) {
        int at = count * STRIDE;
        if (at == spans.length) {
            spans = Arrays.copyOf(spans, Math.max(FEW * STRIDE, 2 * at));
        }
        int[] table = spans;
        table[at] = nameOff;
        table[at + 1] = nameEnd;
        table[at + 2] = valueOff;
        table[at + 3] = valueEnd;
        count++;
    }

    /// Takes the last line back, since it goes on.
    void removeFolded() {
        count--;
        folded = true;
    }

    /// Whether a value goes over several lines, which [#value] makes one.
    public boolean hasFolds() {
        return folded;
    }

    /// How many lines there are.
    public int count() {
        return count;
    }

    /// The window that all offsets are into.
    public ReadOnlyCstruct octets() {
        return octets;
    }

    public int nameOff(int line) {
        return spans[index(line)];
    }

    public int nameLength(int line) {
        int at = index(line);
        return spans[at + 1] - spans[at];
    }

    public int valueOff(int line) {
        return spans[index(line) + 2];
    }

    /// Without the white space around it. A folded value still has its line ends in it.
    public int valueLength(int line) {
        int at = index(line);
        return spans[at + 3] - spans[at + 2];
    }

    private int index(int line) {
        if (line < 0 || line >= count) {
            throw new IndexOutOfBoundsException("line " + line + " of " + count);
        }
        return line * STRIDE;
    }

    /// The name as text, in the case in which it came.
    public String name(int line) {
        return octets.text(nameOff(line), nameLength(line), StandardCharsets.ISO_8859_1);
    }

    /// The value as text, one character for each octet, and one space for each fold.
    public String value(int line) {
        String text = octets.text(valueOff(line), valueLength(line), StandardCharsets.ISO_8859_1);
        return folded ? unfolded(text) : text;
    }

    /// Whether a line is so named; `lower` is in lower case.
    public boolean isNamed(int line, String lower) {
        int at = index(line);
        return Octets.same(octets, spans[at], spans[at + 1], lower);
    }

    /// The first line not before `from` that is so named, or -1; `lower` is in lower case.
    public int find(String lower, int from) {
        for (int line = from; line < count; line++) {
            if (nameLength(line) == lower.length() && isNamed(line, lower)) return line;
        }
        return -1;
    }

    /// A window over a value, unfolded if need be.
    ReadOnlyCstruct valueWindow(int line) {
        return folded
                ? ReadOnlyCstruct.of(
                        ByteBuffer.wrap(value(line).getBytes(StandardCharsets.ISO_8859_1)))
                : octets.sub(valueOff(line), valueLength(line));
    }

    /// RFC 9112, 5.2: each fold becomes one space or more.
    private static String unfolded(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                out.append(' ');
            } else {
                out.append(c);
            }
        }
        int from = 0;
        int to = out.length();
        while (from < to && Octets.isBlank(out.charAt(from))) {
            from++;
        }
        while (from < to && Octets.isBlank(out.charAt(to - 1))) {
            to--;
        }
        return out.substring(from, to);
    }
}
