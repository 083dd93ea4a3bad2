// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// What the fields of a head mean for the connection: who is asked, where the message ends, and
/// what comes after it (RFC 9112, 3.2, 6.3 and 9). Each line is taken in when it is complete, and
/// what they mean together is judged at the end, so that their order plays no part. Nothing here
/// allocates while no value is folded and there is no Transfer-Encoding.
final class Framing {
    /// The lengths of the names that [#line] knows, as bits.
    static final long NAME_LENGTHS = 1 << 4 | 1 << 6 | 1 << 7 | 1 << 10 | 1 << 14 | 1 << 17;

    private static final int NO_LENGTH = -1;

    private final Rules rules;
    private final boolean anyMethod;
    private final int lenient;
    private final Limits limits;
    private final Head head;

    /// The value that is looked at: its window, where in it one is, and where it ends.
    private ReadOnlyCstruct value = ReadOnlyCstruct.of("");

    private int off;
    private int end;

    private int hosts;
    private long length;
    private boolean codings;
    private boolean chunkedLast;
    private boolean chunkedBefore;
    private boolean unknownCoding;
    private boolean upgradeField;
    private boolean upgradeToken;

    Framing(Rules rules, Head head) {
        this.head = head;
        this.rules = rules;
        anyMethod = rules.methods().isEmpty();
        lenient = rules.bits();
        limits = rules.limits();
    }

    /// Begins with a head whose start line is there.
    void begin() {
        hosts = 0;
        length = NO_LENGTH;
        codings = chunkedLast = chunkedBefore = unknownCoding = false;
        upgradeField = upgradeToken = false;
    }

    /// Takes in one field line, or says what is wrong with it.
    @Nullable Fault line(int line) {
        FieldLines fields = head.fields;
        return switch (fields.nameLength(line)) {
            case 4 -> fields.isNamed(line, "host") ? host(line) : null;
            case 6 -> fields.isNamed(line, "expect") ? expect(line) : null;
            case 7 -> {
                upgradeField |= fields.isNamed(line, "upgrade");
                yield null;
            }
            case 10 -> fields.isNamed(line, "connection") ? connection(line) : null;
            case 14 -> fields.isNamed(line, "content-length") ? contentLength(line) : null;
            case 17 -> fields.isNamed(line, "transfer-encoding") ? transferEncoding(line) : null;
            default -> null;
        };
    }

    /// Fills in what all lines together mean, or says what is wrong with them.
    @Nullable Fault judge(Asked asked) {
        head.upgrade = upgradeField && upgradeToken;
        head.contentLength = Math.max(0, length);
        if (!head.isRequest()) return responseContent(asked);
        Fault fault = request();
        return fault != null ? fault : requestContent();
    }

    private @Nullable Fault request() {
        if (!anyMethod && !isKnown()) return Fault.UNKNOWN_METHOD;
        // RFC 9112, 3.2: a request of HTTP/1.1 has one Host, and no request has two.
        if (!lets(Leniency.ANY_HOST)) {
            if (hosts > 1) return Fault.SEVERAL_HOSTS;
            if (hosts == 0 && head.version >= 11) return Fault.NO_HOST;
        }
        TargetForm form = TargetForm.of(head, lets(Leniency.USERINFO_IN_TARGET));
        return form == TargetForm.NONE ? Fault.BAD_TARGET : null;
    }

    private boolean isKnown() {
        for (String method : rules.methods()) {
            if (head.hasMethod(method)) return true;
        }
        return false;
    }

    private @Nullable Fault requestContent() {
        if (head.hasMethod("CONNECT")) {
            // RFC 9110, 9.3.6: no content; what follows is the tunnel's, or nobody's.
            head.contentKind = ContentKind.TUNNEL;
            return (codings || length > 0) && !lets(Leniency.CONTENT_IN_CONNECT)
                    ? Fault.CONTENT_IN_CONNECT
                    : null;
        }
        if (codings) {
            Fault fault = codings();
            if (fault != null) return fault;
            if (chunkedLast) return chunked();
            if (length == NO_LENGTH || !bothLengths()) {
                if (!lets(Leniency.TRANSFER_ENCODING_WITHOUT_CHUNKED)) {
                    return Fault.BAD_TRANSFER_ENCODING;
                }
                head.contentKind = ContentKind.UNTIL_CLOSE;
                return null;
            }
        }
        return length(ContentKind.NONE);
    }

    /// RFC 9112, 6.3, in its order.
    private @Nullable Fault responseContent(Asked asked) {
        int status = head.status;
        if (status == 101 || (asked == Asked.CONNECT && status / 100 == 2)) {
            head.contentKind = ContentKind.TUNNEL;
            return null;
        }
        if (codings) {
            Fault fault = codings();
            if (fault != null) return fault;
        }
        if (asked == Asked.HEAD || status < 200 || status == 204 || status == 304) {
            head.contentKind = ContentKind.NONE;
            return null;
        }
        if (chunkedLast) return chunked();
        if (codings && !(length != NO_LENGTH && bothLengths())) {
            head.contentKind = ContentKind.UNTIL_CLOSE;
            return null;
        }
        return length(ContentKind.UNTIL_CLOSE);
    }

    /// What Transfer-Encoding says, without where chunked has to stand.
    private @Nullable Fault codings() {
        if (length != NO_LENGTH && !bothLengths()) {
            return Fault.CONTENT_LENGTH_WITH_TRANSFER_ENCODING;
        }
        // RFC 9112, 6.1: then the framing is faulty.
        if (head.version < 11 && !lets(Leniency.TRANSFER_ENCODING_IN_HTTP_1_0)) {
            return Fault.TRANSFER_ENCODING_IN_HTTP_1_0;
        }
        if (chunkedLast && chunkedBefore) return Fault.BAD_TRANSFER_ENCODING;
        return chunkedLast && unknownCoding ? Fault.UNKNOWN_TRANSFER_CODING : null;
    }

    private @Nullable Fault chunked() {
        head.contentKind = ContentKind.CHUNKED;
        // RFC 9112, 6.1: such a connection is not used again.
        head.close |= length != NO_LENGTH;
        return null;
    }

    private @Nullable Fault length(ContentKind without) {
        if (length == NO_LENGTH) {
            head.contentKind = without;
            return null;
        }
        head.contentKind = ContentKind.LENGTH;
        return length > limits.contentOctets() ? Fault.CONTENT_TOO_LARGE : null;
    }

    private boolean bothLengths() {
        return lets(Leniency.CONTENT_LENGTH_WITH_TRANSFER_ENCODING);
    }

    private @Nullable Fault host(int line) {
        hosts++;
        if (!head.isRequest() || lets(Leniency.ANY_HOST)) return null;
        value(line);
        return HostSyntax.isHost(value, off, end) ? null : Fault.BAD_HOST;
    }

    private @Nullable Fault expect(int line) {
        value(line);
        // RFC 9110, 10.1.1: from HTTP/1.0 it is ignored.
        head.expectsContinue |= head.version >= 11 && Octets.same(value, off, end, "100-continue");
        return null;
    }

    private @Nullable Fault connection(int line) {
        value(line);
        if (Octets.same(value, off, end, "keep-alive")) {
            head.keepAlive = true;
            return null;
        }
        while (off < end) {
            int next = off;
            while (next < end && value.u8(next) != ',') {
                next++;
            }
            int from = Octets.skipBlanks(value, off, next);
            int to = next;
            while (to > from && Octets.isBlank(value.u8(to - 1))) {
                to--;
            }
            switch (to - from) {
                case 5 ->
                        head.close |=
                                Octets.same(value, from, to, "close")
                                        && !lets(Leniency.IGNORE_CLOSE);
                case 7 -> upgradeToken |= Octets.same(value, from, to, "upgrade");
                case 10 -> head.keepAlive |= Octets.same(value, from, to, "keep-alive");
                default -> {}
            }
            off = next + 1;
        }
        return null;
    }

    /// RFC 9110, 8.6: digits, and nothing but digits. A list of the same number, or the same line
    /// again, may be taken for one; we do not, unless told to.
    private @Nullable Fault contentLength(int line) {
        value(line);
        do {
            off = Octets.skipBlanks(value, off, end);
            int from = off;
            long number = 0;
            boolean overflows = false;
            for (; off < end && Octets.isDigit(value.u8(off)); off++) {
                int digit = value.u8(off) - '0';
                overflows |= number > (Long.MAX_VALUE - digit) / 10;
                number = 10 * number + digit;
            }
            if (off == from) return Fault.BAD_CONTENT_LENGTH;
            if (overflows) return Fault.CONTENT_TOO_LARGE;
            if (length != NO_LENGTH
                    && !(lets(Leniency.CONTENT_LENGTH_REPEATED) && length == number)) {
                return Fault.SEVERAL_CONTENT_LENGTHS;
            }
            length = number;
            off = Octets.skipBlanks(value, off, end);
            if (off < end && value.u8(off) != ',') return Fault.BAD_CONTENT_LENGTH;
        } while (off++ < end);
        return null;
    }

    /// A list of codings (RFC 9112, 7), of which only chunked is undone here.
    private @Nullable Fault transferEncoding(int line) {
        codings = true;
        var cursor = new ListCursor(head.fields.valueWindow(line));
        while (cursor.next()) {
            if (cursor.isBad()) {
                if (head.isRequest()) return Fault.BAD_TRANSFER_ENCODING;
                chunkedLast = false;
                continue;
            }
            chunkedBefore |= chunkedLast;
            chunkedLast = cursor.isToken("chunked");
            // RFC 9112, 7.1: chunked has no parameters.
            if (chunkedLast && cursor.hasParameters()) return Fault.BAD_TRANSFER_ENCODING;
            unknownCoding |= !chunkedLast && !isRegistered(cursor);
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // the same window, not an equal one
    private void value(int line) {
        FieldLines fields = head.fields;
        if (fields.hasFolds()) {
            value = fields.valueWindow(line);
            off = 0;
            end = value.length();
        } else {
            if (value != fields.octets()) {
                value = fields.octets();
            }
            off = fields.valueOff(line);
            end = off + fields.valueLength(line);
        }
    }

    private static boolean isRegistered(ListCursor cursor) {
        return cursor.isToken("gzip")
                || cursor.isToken("deflate")
                || cursor.isToken("compress")
                || cursor.isToken("x-gzip")
                || cursor.isToken("x-compress");
    }

    private boolean lets(Leniency leniency) {
        return (lenient & leniency.bit()) != 0;
    }
}
