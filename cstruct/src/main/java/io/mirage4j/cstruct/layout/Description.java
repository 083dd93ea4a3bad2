// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// A dump in the making: the `describe` of each declared layout adds a line per field.
///
/// ```
/// BlkifResponse
///      0  id         77 (0x4d)
///      8  operation  READ (0)
///     10  status     -1
/// ```
///
/// The number before a name is the field's offset in the window. A field that the window does not
/// reach is said to be missing, and of a long array the first elements are shown, so a dump of any
/// octets can be made and printed.
public final class Description {
    /// How many elements of an array are shown.
    private static final int SHOWN = 16;

    /// How many octets of a window are shown.
    private static final int SHOWN_OCTETS = 32;

    private static final int INDENT = 4;

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /// The first line: the name of the layout.
    public Description(String layout) {
        text.append(layout).append('\n');
    }

    /// Begins the line of the field of `octets` octets at `off`, and tells whether the window has
    /// them, so that a value can follow.
    public boolean field(String name, ReadOnlyCstruct buf, int off, int octets) {
        String at = Integer.toString(off);
        text.repeat(' ', depth * INDENT + Math.max(1, 6 - at.length()))
                .append(at)
                .append("  ")
                .append(name);
        if (has(buf, off, octets)) {
            text.repeat(' ', Math.max(1, 24 - name.length()));
            return true;
        }
        text.append("  (missing: the window ends at ").append(buf.length()).append(")\n");
        return false;
    }

    /// Tells whether the window has `octets` octets at `off`.
    public boolean has(ReadOnlyCstruct buf, int off, int octets) {
        return off >= 0 && off <= buf.length() - octets;
    }

    /// As [#field], for an element of an array.
    public boolean element(String name, int index, ReadOnlyCstruct buf, int off, int octets) {
        return field(name + "[" + index + "]", buf, off, octets);
    }

    /// How many of `count` elements are to be shown.
    public int shown(int count) {
        return Math.clamp(count, 0, SHOWN);
    }

    /// Says how many of `count` elements were not shown.
    public void rest(String name, int count) {
        if (count > SHOWN) {
            text.repeat(' ', depth * INDENT + 8)
                    .append(name)
                    .append(": ")
                    .append(count - SHOWN)
                    .append(" more\n");
        }
    }

    /// The value of a signed number, or of an unsigned one that fits.
    public void number(long value) {
        text.append(value);
        if (value > 9) {
            text.append(" (0x").append(Long.toHexString(value)).append(')');
        }
        text.append('\n');
    }

    /// The value of an unsigned number of 64 bits.
    public void unsigned(long value) {
        text.append(Long.toUnsignedString(value));
        if (value < 0 || value > 9) {
            text.append(" (0x").append(Long.toHexString(value)).append(')');
        }
        text.append('\n');
    }

    public void number(double value) {
        text.append(value).append('\n');
    }

    public void flag(boolean value) {
        text.append(value).append('\n');
    }

    /// The value of a named number: its name and itself.
    public void named(Object name, long code) {
        text.append(name).append(" (").append(code).append(")\n");
    }

    /// The octets of a window that has `len` of them at `off`.
    public void octets(ReadOnlyCstruct buf, int off, int len) {
        int shown = Math.min(len, SHOWN_OCTETS);
        for (int at = 0; at < shown; at++) {
            int octet = buf.u8(off + at);
            text.append(Character.forDigit(octet >> 4, 16))
                    .append(Character.forDigit(octet & 15, 16))
                    .append(' ');
        }
        text.append(shown < len ? "... (" : "(").append(len).append(" octets)\n");
    }

    /// What follows is a nested layout, which has a line of its own.
    public void open(String layout) {
        text.append(layout).append('\n');
        depth++;
    }

    /// Ends what [#open] began.
    public void close() {
        depth--;
    }

    /// All lines, each with its end.
    @Override
    public String toString() {
        return text.toString();
    }
}
