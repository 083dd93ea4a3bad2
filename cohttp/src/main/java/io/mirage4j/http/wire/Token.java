// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.util.List;

/// A token that means something here, compared by words of eight octets and without regard to case.
/// Nothing here allocates.
///
/// @param length at most 24
/// @param first the first eight octets, or, of a shorter one, all of them on top
/// @param firstCase 0x20 where an octet of the word is a letter
/// @param second those from the eighth on, or the last eight
/// @param last the last eight
record Token(
        int length,
        long first,
        long firstCase,
        long second,
        long secondCase,
        long last,
        long lastCase) {
    static final Token HOST = of("host");
    static final Token EXPECT = of("expect");
    static final Token UPGRADE = of("upgrade");
    static final Token CONNECTION = of("connection");
    static final Token CONTENT_LENGTH = of("content-length");
    static final Token TRANSFER_ENCODING = of("transfer-encoding");

    static final Token CLOSE = of("close");
    static final Token KEEP_ALIVE = of("keep-alive");
    static final Token CONTINUE = of("100-continue");
    static final Token CHUNKED = of("chunked");
    static final List<Token> REGISTERED_CODINGS =
            List.of(of("gzip"), of("deflate"), of("compress"), of("x-gzip"), of("x-compress"));

    private static final int WORD = 8;

    static Token of(String lower) {
        int length = lower.length();
        int last = Math.max(0, length - WORD);
        int second = Math.min(WORD, last);
        return new Token(
                length,
                word(lower, 0),
                letters(lower, 0),
                word(lower, second),
                letters(lower, second),
                word(lower, last),
                letters(lower, last));
    }

    private static long word(String lower, int off) {
        long word = 0;
        for (int i = off; i < Math.min(lower.length(), off + WORD); i++) {
            word = (word >>> 8) | ((long) lower.charAt(i) << 56);
        }
        return word;
    }

    private static long letters(String lower, int off) {
        long letters = 0;
        for (int i = off; i < Math.min(lower.length(), off + WORD); i++) {
            boolean letter = lower.charAt(i) >= 'a' && lower.charAt(i) <= 'z';
            letters = (letters >>> 8) | (letter ? 0x20L << 56 : 0);
        }
        return letters;
    }

    /// Whether the octets from `off` to `end` are this token.
    boolean isAt(ReadOnlyCstruct w, int off, int end) {
        if (end - off != length) return false;
        if (length < WORD) {
            long octets = w.u64lePadded(off) << (WORD * (WORD - length));
            return (octets | firstCase) == first;
        }
        return (w.u64le(off) | firstCase) == first
                && (w.u64le(off + Math.min(WORD, length - WORD)) | secondCase) == second
                && (w.u64le(end - WORD) | lastCase) == last;
    }
}
