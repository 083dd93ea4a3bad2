// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.io.IOException;

/// A dump to read, in the form of `hexdump -C`:
///
/// ```
/// 00000000  45 00 00 1c 00 00 40 00  40 11 00 00 7f 00 00 01  |E.....@.@.......|
/// 00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
/// *
/// 00000040
/// ```
///
/// A `*` stands for lines that repeat the one above it; the last line is the length. What is longer
/// than the limit ends with a line that says how much is left out.
public final class Hexdump {
    /// How many octets are shown where the caller does not say: a page.
    public static final int DEFAULT_LIMIT = 4096;

    private static final int PER_LINE = 16;
    private static final int TEXT_COLUMN = 60;

    /// The first [#DEFAULT_LIMIT] octets.
    public static String of(ReadOnlyCstruct window) {
        return of(window, DEFAULT_LIMIT);
    }

    /// The first `limit` octets.
    public static String of(ReadOnlyCstruct window, int limit) {
        StringBuilder out = new StringBuilder();
        emit(window, limit, out);
        return out.toString();
    }

    /// Appends the dump of the first `limit` octets.
    public static void emit(ReadOnlyCstruct window, int limit, StringBuilder out) {
        try {
            emit(window, limit, (Appendable) out);
        } catch (IOException e) {
            throw new AssertionError("a StringBuilder takes everything", e);
        }
    }

    /// Appends the dump of the first `limit` octets, line by line.
    public static void emit(ReadOnlyCstruct window, int limit, Appendable out) throws IOException {
        if (limit < 0) throw new IllegalArgumentException("limit " + limit + " < 0");
        int shown = Math.min(limit, window.length());
        StringBuilder line = new StringBuilder(TEXT_COLUMN + PER_LINE + 3);
        boolean repeating = false;
        // The last step may overflow, which ends the loop as well.
        for (int off = 0; off >= 0 && off < shown; off += PER_LINE) {
            int len = Math.min(PER_LINE, shown - off);
            if (repeatsLineAbove(window, off, len)) {
                if (!repeating) {
                    out.append("*\n");
                }
                repeating = true;
            } else {
                repeating = false;
                line.setLength(0);
                appendLine(window, off, len, line);
                out.append(line);
            }
        }
        if (shown < window.length()) {
            out.append("... ").append(Integer.toString(window.length() - shown));
            out.append(" more octets\n");
        } else if (shown > 0) {
            line.setLength(0);
            appendOffset(shown, line);
            out.append(line.append('\n'));
        }
    }

    private static boolean repeatsLineAbove(ReadOnlyCstruct window, int off, int len) {
        return off > 0
                && len == PER_LINE
                && window.sub(off, len).equals(window.sub(off - PER_LINE, len));
    }

    private static void appendLine(ReadOnlyCstruct window, int off, int len, StringBuilder line) {
        appendOffset(off, line);
        for (int i = 0; i < len; i++) {
            line.append(i % 8 == 0 ? "  " : " ");
            Hex.append(line, window.u8(off + i));
        }
        line.repeat(' ', TEXT_COLUMN - line.length()).append('|');
        for (int i = 0; i < len; i++) {
            int octet = window.u8(off + i);
            line.append(octet >= ' ' && octet < 0x7f ? (char) octet : '.');
        }
        line.append("|\n");
    }

    private static void appendOffset(int off, StringBuilder line) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            Hex.append(line, off >> shift & 0xff);
        }
    }

    private Hexdump() {}
}
