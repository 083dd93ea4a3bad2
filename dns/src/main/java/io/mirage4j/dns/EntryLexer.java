// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;

/// Cuts the text of a zone file into entries, and those into words (RFC 1035, 5.1): an entry is a
/// line, or the lines that parentheses make one of; what follows a `;` is a comment.
///
/// The text comes in pieces. That of the entry at hand is always in memory as a whole, so that its
/// words are places in it and a fault can be told by line and column.
final class EntryLexer {
    /// Where the text comes from.
    @FunctionalInterface
    interface Feed {
        /// Fills some of `target` and tells how much; -1 at the end.
        int read(byte[] target, int off, int len) throws IOException;
    }

    /// The longest entry: data of 65,535 octets, each as `\DDD`, and as much again.
    static final int MAX_ENTRY = 1 << 19;

    private static final int PIECE = 1 << 16;

    /// What ends a word.
    private static final boolean[] ENDS_WORD = new boolean[256];

    static {
        for (char c : new char[] {' ', '\t', '\r', '\n', ';', '(', ')', '"', '\\'}) {
            ENDS_WORD[c] = true;
        }
    }

    private final @Nullable Feed feed;
    private byte[] text;
    private int end;
    private int at;
    private int entryStart;
    private int wordStart;
    private int line = 1;
    private int entryLine = 1;
    private boolean blankFirst;
    private boolean broken;

    /// Over a text that is all there.
    EntryLexer(byte[] text) {
        this.feed = null;
        this.text = text;
        this.end = text.length;
    }

    EntryLexer(Feed feed) {
        this.feed = feed;
        this.text = new byte[PIECE];
    }

    /// Puts the words of the next entry into `words`; false at the end of the text.
    ///
    /// After a fault the rest of the line is still to be skipped, by [#skipLine].
    boolean next(Words words) throws TextFault {
        words.clear();
        begin();
        int depth = 0;
        while (at < end || fill(words)) {
            int c = text[at];
            switch (c) {
                case ' ', '\t', '\r' -> {
                    if (at == entryStart) {
                        blankFirst = true;
                    }
                    at++;
                }
                case '\n' -> {
                    at++;
                    line++;
                    if (depth == 0) {
                        if (words.count() > 0) {
                            words.text(text, at - 1);
                            return true;
                        }
                        begin();
                    }
                }
                case ';' -> skipComment(words);
                case '(' -> {
                    if (depth > 0 && words.portable) throw fatal("a parenthesis in another");
                    depth++;
                    at++;
                }
                case ')' -> {
                    if (depth == 0) throw fatal("a closing parenthesis, and none is open");
                    depth--;
                    at++;
                }
                case '"' -> quoted(words, depth > 0);
                default -> word(words);
            }
        }
        if (depth > 0) throw fatal("a parenthesis is not closed");
        words.text(text, at);
        return words.count() > 0;
    }

    private void begin() {
        entryStart = at;
        entryLine = line;
        blankFirst = false;
    }

    /// A fault after which nobody knows what the text means.
    private TextFault fatal(String reason) {
        broken = true;
        return new TextFault(reason, Math.min(at, end));
    }

    private void skipComment(Words words) throws TextFault {
        do {
            int in = at;
            while (in < end && text[in] != '\n') in++;
            at = in;
        } while (at == end && fill(words));
    }

    private void word(Words words) throws TextFault {
        wordStart = at;
        while (true) {
            byte[] text = this.text;
            int in = at;
            int end = this.end;
            while (in < end && !ENDS_WORD[text[in] & 0xff]) in++;
            at = in;
            if (in == end) {
                if (!fill(words)) break;
            } else if (text[in] == '\\') {
                escape(words);
            } else if (text[in] == '"' && !isKey(in)) {
                at++; // only at its beginning does a quote mean something to a word
            } else {
                break;
            }
        }
        words.add(wordStart, at, false);
    }

    /// Whether the word so far is `key=`, behind which a quoted value may stand (RFC 9460, 2.1).
    private boolean isKey(int end) {
        if (text[end - 1] != '=') return false;
        for (int i = wordStart; i < end - 1; i++) {
            int c = text[i];
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
        }
        return end - 1 > wordStart;
    }

    private void quoted(Words words, boolean mayBreak) throws TextFault {
        wordStart = ++at;
        while (at < end || fill(words)) {
            int c = text[at];
            if (c == '"') {
                words.add(wordStart, at++, true);
                boolean behind = at < end && text[at] == '"';
                if (behind && words.portable) throw new TextFault("a quote behind another", at);
                return;
            }
            if (c == '\\') {
                escape(words);
                continue;
            }
            if (c == '\n') {
                if (!mayBreak) throw new TextFault("a quoted text is not closed", wordStart - 1);
                line++;
            }
            at++;
        }
        // To the end of the text it went. What follows its first line may be understood after all.
        line = lineOf(wordStart);
        at = wordStart;
        throw new TextFault("a quoted text is not closed", wordStart - 1);
    }

    /// A backslash and the one octet behind it, which is part of the word whatever it is.
    private void escape(Words words) throws TextFault {
        if (at + 1 == end && !fill(words)) throw new TextFault("nothing behind \\", at);
        if (text[at + 1] == '\n') throw new TextFault("nothing behind \\", at);
        at += 2;
    }

    /// Gets more text, making room for it by forgetting what lies in front of this entry.
    private boolean fill(Words words) throws TextFault {
        if (feed == null || broken) return false;
        if (entryStart > 0) {
            int distance = entryStart;
            System.arraycopy(text, distance, text, 0, end - distance);
            words.moveBack(distance);
            end -= distance;
            at -= distance;
            wordStart -= distance;
            entryStart = 0;
        }
        if (end == text.length) {
            if (end >= MAX_ENTRY) throw fatal("an entry > " + MAX_ENTRY + " octets");
            text = Arrays.copyOf(text, end * 2);
        }
        try {
            int count = feed.read(text, end, text.length - end);
            if (count <= 0) return false;
            end += count;
            return true;
        } catch (IOException e) {
            throw fatal("can not be read on: " + e.getMessage());
        }
    }

    /// Goes on behind the end of this line.
    void skipLine(Words words) throws TextFault {
        words.clear();
        entryStart = at;
        skipComment(words);
        if (at < end) {
            at++;
            line++;
        }
    }

    /// Whether the last fault leaves nothing to go on with.
    boolean isBroken() {
        return broken;
    }

    /// Whether this entry begins with a blank, and so leaves its owner out.
    boolean isBlankFirst() {
        return blankFirst;
    }

    /// The line of an index into the text of this entry, from 1.
    int lineOf(int index) {
        int count = entryLine;
        for (int i = entryStart; i < index && i < end; i++) if (text[i] == '\n') count++;
        return count;
    }

    /// The column, in octets from 1.
    int columnOf(int index) {
        int column = 1;
        for (int i = Math.min(index, end) - 1; i >= entryStart && text[i] != '\n'; i--) column++;
        return column;
    }
}
