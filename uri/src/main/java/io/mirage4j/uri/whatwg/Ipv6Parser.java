// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import org.jspecify.annotations.Nullable;

import java.util.function.IntUnaryOperator;

/// The IPv6 parser (URL Standard, 3.5) and serialiser, which puts the brackets around again.
final class Ipv6Parser {
    private static final int PIECES = 8;
    private static final int NONE = -1;

    private final String text;
    private final int end;
    private final IntUnaryOperator positions;
    private final Report report;

    private final int[] address = new int[PIECES];
    private int pieceIndex;
    private int compress = NONE;
    private int p;

    /// For the address in `text` from `from` to `end`; `positions` as in [HostParser].
    Ipv6Parser(String text, int from, int end, IntUnaryOperator positions, Report report) {
        this.text = text;
        this.p = from;
        this.end = end;
        this.positions = positions;
        this.report = report;
    }

    @Nullable String parse() {
        ValidationError error = pieces();
        if (error != null) {
            report.fail(error, positions.applyAsInt(p));
            return null;
        }
        if (compress != NONE) {
            spread();
        }
        return serialize();
    }

    private @Nullable ValidationError pieces() {
        if (isAt(':')) {
            if (!text.startsWith("::", p) || p + 1 == end) {
                return ValidationError.IPV6_INVALID_COMPRESSION;
            }
            p += 2;
            compress = ++pieceIndex;
        }
        while (p < end) {
            if (pieceIndex == PIECES) return ValidationError.IPV6_TOO_MANY_PIECES;
            if (isAt(':')) {
                if (compress != NONE) return ValidationError.IPV6_MULTIPLE_COMPRESSION;
                p++;
                compress = ++pieceIndex;
                continue;
            }
            int start = p;
            int value = piece();
            if (isAt('.')) {
                if (p == start) return ValidationError.IPV4_IN_IPV6_INVALID_CODE_POINT;
                p = start;
                ValidationError error = ipv4();
                if (error != null) return error;
                break;
            }
            if (p - start > 1 && text.charAt(start) == '0') {
                report.add(ValidationError.IPV6_PIECE_LEADING_ZERO, positions.applyAsInt(start));
            }
            if (isAt(':')) {
                p++;
                if (p == end) return ValidationError.IPV6_INVALID_CODE_POINT;
            } else if (p < end) {
                return ValidationError.IPV6_INVALID_CODE_POINT;
            }
            address[pieceIndex++] = value;
        }
        boolean tooFew = compress == NONE && pieceIndex < PIECES;
        return tooFew ? ValidationError.IPV6_TOO_FEW_PIECES : null;
    }

    /// Up to four hexadecimal digits.
    private int piece() {
        int value = 0;
        for (int length = 0; length < 4 && p < end; length++, p++) {
            int digit = UrlCharacters.hexDigit(text.charAt(p));
            if (digit < 0) break;
            value = value << 4 | digit;
        }
        return value;
    }

    /// The last two pieces, written as an IPv4 address.
    private @Nullable ValidationError ipv4() {
        if (pieceIndex > PIECES - 2) return ValidationError.IPV4_IN_IPV6_TOO_MANY_PIECES;
        int numbersSeen = 0;
        while (p < end) {
            if (numbersSeen > 0) {
                if (!isAt('.') || numbersSeen == 4) {
                    return ValidationError.IPV4_IN_IPV6_INVALID_CODE_POINT;
                }
                p++;
            }
            if (p == end || !UrlCharacters.isDigit(text.charAt(p))) {
                return ValidationError.IPV4_IN_IPV6_INVALID_CODE_POINT;
            }
            int number = 0;
            for (int start = p; p < end && UrlCharacters.isDigit(text.charAt(p)); p++) {
                if (p > start && number == 0) {
                    return ValidationError.IPV4_IN_IPV6_INVALID_CODE_POINT;
                }
                number = number * 10 + text.charAt(p) - '0';
                if (number > 0xff) return ValidationError.IPV4_IN_IPV6_OUT_OF_RANGE_PART;
            }
            address[pieceIndex] = address[pieceIndex] << 8 | number;
            numbersSeen++;
            if (numbersSeen % 2 == 0) {
                pieceIndex++;
            }
        }
        return numbersSeen < 4 ? ValidationError.IPV4_IN_IPV6_TOO_FEW_PARTS : null;
    }

    /// Moves the pieces behind the `::` to the end.
    private void spread() {
        int behind = pieceIndex - compress;
        for (int i = 1; i <= behind; i++) {
            int from = compress + behind - i;
            int to = PIECES - i;
            int piece = address[from];
            address[from] = address[to];
            address[to] = piece;
        }
    }

    private boolean isAt(char c) {
        return p < end && text.charAt(p) == c;
    }

    /// RFC 5952: the first of the longest runs of zeros becomes `::`.
    private String serialize() {
        int start = 0;
        int length = 1; // a single zero is not worth it
        for (int i = 0; i < PIECES; ) {
            int zeros = i;
            while (i < PIECES && address[i] == 0) i++;
            if (i - zeros > length) {
                start = zeros;
                length = i - zeros;
            }
            i++;
        }
        boolean compressed = length > 1;
        var out = new StringBuilder(41).append('[');
        for (int i = 0; i < PIECES; i++) {
            if (compressed && i == start) {
                out.append(i == 0 ? "::" : ":");
                i += length - 1;
                continue;
            }
            out.append(Integer.toHexString(address[i]));
            if (i < PIECES - 1) {
                out.append(':');
            }
        }
        return out.append(']').toString();
    }
}
