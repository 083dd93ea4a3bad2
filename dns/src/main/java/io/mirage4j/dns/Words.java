// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The words of one entry of a zone file, as places in its text, and which comes next. Escapes are
/// still in them; what stood between quotes has none around it. Kept and filled again.
final class Words {
    /// The end of an entry that ran out of words.
    private int textEnd;

    private byte[] text = new byte[0];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private boolean[] quoted = new boolean[32];
    private int count;
    private int next;

    /// What names without a dot at their end are below.
    DnsName origin = DnsName.ROOT;

    /// Whether what not every server reads is a fault.
    boolean portable;

    /// For names and other things that are put together.
    final byte[] name = new byte[DnsName.MAX_OCTETS];

    final Octets scratch = new Octets();

    /// The words of a text of one line.
    static Words of(String text, DnsName origin) throws TextFault {
        var words = new Words();
        words.origin = origin;
        new EntryLexer(text.getBytes(StandardCharsets.UTF_8)).next(words);
        return words;
    }

    void clear() {
        count = 0;
        next = 0;
    }

    void text(byte[] text, int end) {
        this.text = text;
        this.textEnd = end;
    }

    byte[] text() {
        return text;
    }

    void add(int start, int end, boolean inQuotes) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            quoted = Arrays.copyOf(quoted, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        quoted[count++] = inQuotes;
    }

    /// After the text has moved by `distance` to its front.
    void moveBack(int distance) {
        for (int i = 0; i < count; i++) {
            starts[i] -= distance;
            ends[i] -= distance;
        }
    }

    int count() {
        return count;
    }

    boolean hasNext() {
        return next < count;
    }

    int position() {
        return next;
    }

    void position(int word) {
        next = word;
    }

    void skip() {
        next++;
    }

    /// Where the next word begins; the end of the entry if there is none.
    int start() {
        return next < count ? starts[next] : textEnd;
    }

    int end() {
        return next < count ? ends[next] : textEnd;
    }

    int length() {
        return end() - start();
    }

    boolean isQuoted() {
        return next < count && quoted[next];
    }

    /// Whether right behind the next word a quoted one stands, as in `key="value"`.
    boolean isQuotedBehind() {
        return next + 1 < count && quoted[next + 1] && starts[next + 1] == ends[next] + 1;
    }

    /// Whether the next word is `\#`, which a form of octets follows (RFC 3597, 5).
    boolean isGeneric() {
        return next < count && !quoted[next] && is("\\#");
    }

    boolean is(String word) {
        int start = start();
        if (length() != word.length()) return false;
        for (int i = 0; i < word.length(); i++) {
            if (text[start + i] != word.charAt(i)) return false;
        }
        return true;
    }

    /// Fails unless there is another word.
    void need(String what) throws TextFault {
        if (next >= count) throw new TextFault(what + " is missing", textEnd);
    }

    void expectEnd() throws TextFault {
        if (next < count) throw new TextFault("more than belongs here: " + word(), starts[next]);
    }

    /// The next word as it was written, for a message or where a string is wanted after all.
    String word() {
        int length = Math.min(length(), 60);
        return new String(text, start(), length, StandardCharsets.ISO_8859_1);
    }

    TextFault fault(String reason) {
        return new TextFault(reason, start());
    }

    /// Takes a decimal number without a sign.
    long number(long max) throws TextFault {
        need("a number");
        int start = starts[next];
        int end = ends[next];
        long v = end == start ? -1 : 0;
        for (int i = start; i < end && v >= 0; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) v = -1;
            else if ((v = v * 10 + digit) > max) throw fault(word() + " > " + max);
        }
        if (v < 0) throw fault("not a number: " + word());
        next++;
        return v;
    }

    /// Takes a decimal number of 64 bits.
    long unsignedLong() throws TextFault {
        need("a number");
        long v = 0;
        for (int i = starts[next]; i < ends[next]; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) throw fault("not a number: " + word());
            boolean over =
                    Long.compareUnsigned(v, Long.divideUnsigned(-1, 10)) > 0
                            || Long.compareUnsigned(v * 10 + digit, v * 10) < 0;
            if (over) throw fault(word() + " > 18446744073709551615");
            v = v * 10 + digit;
        }
        if (starts[next] == ends[next]) throw fault("not a number: " + word());
        next++;
        return v;
    }

    /// Whether the next word begins with a digit.
    boolean isNumeric() {
        return next < count && length() > 0 && text[start()] >= '0' && text[start()] <= '9';
    }

    /// Takes seconds, or a sum of them as `1w2d3h4m5s`; `0` to 2^32 - 1.
    long seconds() throws TextFault {
        need("a time");
        long total = 0;
        int at = starts[next];
        int end = ends[next];
        if (at == end) throw fault("not a time: " + word());
        while (at < end) {
            int from = at;
            long v = 0;
            while (at < end && text[at] >= '0' && text[at] <= '9') {
                v = Math.min(v * 10 + text[at++] - '0', 1L << 32);
            }
            if (at == from) throw fault("not a time: " + word());
            // A number without a unit is seconds, at the end as alone; not everywhere.
            if (portable && at == end && from > starts[next]) {
                throw fault("no unit at the end: " + word());
            }
            total += v * (at < end ? unit(text[at++]) : 1);
            if (total > 0xffff_ffffL) throw fault(word() + " > 4294967295 seconds");
        }
        next++;
        return total;
    }

    private int unit(int c) throws TextFault {
        return switch (c) {
            case 's', 'S' -> 1;
            case 'm', 'M' -> 60;
            case 'h', 'H' -> 3600;
            case 'd', 'D' -> 86_400;
            case 'w', 'W' -> 604_800;
            default -> throw fault("not a time: " + word());
        };
    }

    /// Takes a name into [#name] and tells its length.
    int name() throws TextFault {
        need("a name");
        int start = starts[next];
        int end = ends[next];
        if (portable) {
            if (quoted[next]) throw fault("a name in quotes: " + word());
            checkPlain(start, end);
        }
        int length = NameText.parse(text, start, end, origin, name);
        next++;
        return length;
    }

    /// Some servers want every octet of a name escaped that is not one of these.
    private void checkPlain(int start, int end) throws TextFault {
        if (end - start == 1 && text[start] == '@') return;
        for (int at = start; at < end; ) {
            int c = text[at];
            if (c == '\\') {
                CharacterStrings.escaped(text, at, end);
                at += CharacterStrings.escapeLength(text, at);
                continue;
            }
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_'
                            || c == '.'
                            || c == '*'
                            || c == '/';
            if (!plain) throw new TextFault("not escaped in a name: " + (char) (c & 0xff), at);
            at++;
        }
    }

    /// Takes the number that the next word is in `mnemonics`, or the number that it says.
    long numberOr(Mnemonics mnemonics, long max) throws TextFault {
        need("a number or mnemonic");
        int found = mnemonics.find(text, start(), end());
        if (found < 0) {
            if (isNumeric()) return number(max);
            throw fault("neither a number nor a mnemonic: " + word());
        }
        next++;
        return found;
    }

    /// Takes the type that the next word names.
    int type() throws TextFault {
        need("a type");
        int type = Mnemonics.TYPES.find(text, start(), end());
        if (type < 0) throw fault("unknown type " + word());
        next++;
        return type;
    }

    /// Appends the next word, its escapes resolved, and takes it.
    void unescape(Octets out) throws TextFault {
        need("a text");
        CharacterStrings.unescape(text, starts[next], ends[next], out);
        next++;
    }
}
