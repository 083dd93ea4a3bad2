// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// What the fields of a head mean for the connection: who is asked, where the message ends, and
/// what comes after it (RFC 9112, 3.2, 6.3 and 9). Each line is taken in when it is complete, and
/// what they mean together is judged at the end, so that their order plays no part. Nothing here
/// allocates while no value is folded and there is no Transfer-Encoding.
final class Framing {
    /// The first letters of the names that [#line] knows, by their lengths.
    private static final String INITIALS = "    h eu  c   c  t";

    private static final int NO_LENGTH = -1;

    /// What lines say that only counts here, above the bits of [Head].
    private static final int HOST = 1 << 8;

    private static final int SEVERAL_HOSTS = 1 << 9;
    private static final int CODINGS = 1 << 10;
    private static final int CHUNKED_LAST = 1 << 11;
    private static final int CHUNKED_BEFORE = 1 << 12;
    private static final int UNKNOWN_CODING = 1 << 13;
    private static final int UPGRADE_FIELD = 1 << 14;
    private static final int UPGRADE_TOKEN = 1 << 15;

    private final Rules rules;
    private final boolean anyMethod;
    private final int lenient;
    private final Limits limits;
    private final Head head;

    /// The value that is looked at: its window, where in it one is, and where it ends.
    private ReadOnlyCstruct value = ReadOnlyCstruct.of("");

    private int off;
    private int end;

    /// What the lines said: bits of [Head], and those below.
    private int said;

    private long length;

    Framing(Rules rules, Head head) {
        this.head = head;
        this.rules = rules;
        anyMethod = rules.methods().isEmpty();
        lenient = rules.bits();
        limits = rules.limits();
    }

    /// False for most names that [#line] does nothing with.
    static boolean mayKnow(int initial, int length) {
        return length < INITIALS.length() && (initial | 0x20) == INITIALS.charAt(length);
    }

    /// Begins with a head whose start line is there.
    void begin() {
        said = 0;
        length = NO_LENGTH;
    }

    /// Takes in one field line, or says what is wrong with it.
    @Nullable Fault line(int line) {
        FieldLines fields = head.fields;
        ReadOnlyCstruct w = fields.octets();
        int off = fields.nameOff(line);
        int end = off + fields.nameLength(line);
        return switch (end - off) {
            case 4 -> Token.HOST.isAt(w, off, end) ? host(line) : null;
            case 6 -> Token.EXPECT.isAt(w, off, end) ? expect(line) : null;
            case 7 -> {
                said |= Token.UPGRADE.isAt(w, off, end) ? UPGRADE_FIELD : 0;
                yield null;
            }
            case 10 -> Token.CONNECTION.isAt(w, off, end) ? connection(line) : null;
            case 14 -> Token.CONTENT_LENGTH.isAt(w, off, end) ? contentLength(line) : null;
            case 17 -> Token.TRANSFER_ENCODING.isAt(w, off, end) ? transferEncoding(line) : null;
            default -> null;
        };
    }

    /// Takes in a Host that needs no judging.
    void plainHost() {
        said |= has(HOST) ? SEVERAL_HOSTS : HOST;
    }

    /// Fills in what all lines together mean, or says what is wrong with them.
    @Nullable Fault judge(Asked asked) {
        if (has(UPGRADE_FIELD) && has(UPGRADE_TOKEN)) {
            said |= Head.UPGRADE;
        }
        head.said = said;
        head.contentLength = Math.max(0, length);
        if (!head.isRequest()) return responseContent(asked);
        Fault fault = request();
        return fault != null ? fault : requestContent();
    }

    private @Nullable Fault request() {
        boolean http = head.protocol == Protocol.HTTP;
        if (!(http && anyMethod) && !isKnown()) return Fault.UNKNOWN_METHOD;
        // RFC 9112, 3.2: a request of HTTP/1.1 has one Host, and no request has two.
        if (http && !lets(Leniency.ANY_HOST)) {
            if (has(SEVERAL_HOSTS)) return Fault.SEVERAL_HOSTS;
            if (!has(HOST) && head.version >= 11) return Fault.NO_HOST;
        }
        TargetForm form =
                TargetForm.of(
                        head,
                        lets(Leniency.USERINFO_IN_TARGET),
                        lets(Leniency.ASTERISK_FOR_ANY_METHOD));
        return form == TargetForm.NONE ? Fault.BAD_TARGET : null;
    }

    private boolean isKnown() {
        Set<String> own = head.protocol.methods();
        for (String method : own.isEmpty() ? rules.methods() : own) {
            if (head.hasMethod(method)) return true;
        }
        return false;
    }

    private @Nullable Fault requestContent() {
        if (head.hasMethod("CONNECT")) {
            // RFC 9110, 9.3.6: no content; what follows is the tunnel's, or nobody's.
            head.contentKind(ContentKind.TUNNEL);
            return (has(CODINGS) || length > 0) && !lets(Leniency.CONTENT_IN_CONNECT)
                    ? Fault.CONTENT_IN_CONNECT
                    : null;
        }
        if (has(CODINGS)) {
            Fault fault = codings();
            if (fault != null) return fault;
            if (has(CHUNKED_LAST)) return chunked();
            if (length == NO_LENGTH || !bothLengths()) {
                if (!lets(Leniency.TRANSFER_ENCODING_WITHOUT_CHUNKED)) {
                    return Fault.BAD_TRANSFER_ENCODING;
                }
                head.contentKind(ContentKind.UNTIL_CLOSE);
                return null;
            }
        }
        return length(ContentKind.NONE);
    }

    /// RFC 9112, 6.3, in its order.
    private @Nullable Fault responseContent(Asked asked) {
        int status = head.status;
        if (status == 101 || (asked == Asked.CONNECT && status / 100 == 2)) {
            head.contentKind(ContentKind.TUNNEL);
            return null;
        }
        if (has(CODINGS)) {
            Fault fault = codings();
            if (fault != null) return fault;
        }
        if (asked == Asked.HEAD || status < 200 || status == 204 || status == 304) {
            head.contentKind(ContentKind.NONE);
            return null;
        }
        if (has(CHUNKED_LAST)) return chunked();
        if (has(CODINGS) && !(length != NO_LENGTH && bothLengths())) {
            head.contentKind(ContentKind.UNTIL_CLOSE);
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
        if (has(CHUNKED_LAST) && has(CHUNKED_BEFORE)) return Fault.BAD_TRANSFER_ENCODING;
        return has(CHUNKED_LAST) && has(UNKNOWN_CODING) ? Fault.UNKNOWN_TRANSFER_CODING : null;
    }

    private @Nullable Fault chunked() {
        head.contentKind(ContentKind.CHUNKED);
        // RFC 9112, 6.1: such a connection is not used again.
        if (length != NO_LENGTH) {
            head.said |= Head.CLOSE;
        }
        return null;
    }

    private @Nullable Fault length(ContentKind without) {
        if (length == NO_LENGTH) {
            head.contentKind(without);
            return null;
        }
        head.contentKind(ContentKind.LENGTH);
        return length > limits.contentOctets() ? Fault.CONTENT_TOO_LARGE : null;
    }

    private boolean bothLengths() {
        return lets(Leniency.CONTENT_LENGTH_WITH_TRANSFER_ENCODING);
    }

    private @Nullable Fault host(int line) {
        plainHost();
        if (!head.isRequest() || lets(Leniency.ANY_HOST)) return null;
        value(line);
        return HostSyntax.isHost(value, off, end) ? null : Fault.BAD_HOST;
    }

    private @Nullable Fault expect(int line) {
        value(line);
        // RFC 9110, 10.1.1: from HTTP/1.0 it is ignored.
        if (head.version >= 11 && Token.CONTINUE.isAt(value, off, end)) {
            said |= Head.EXPECTS_CONTINUE;
        }
        return null;
    }

    private @Nullable Fault connection(int line) {
        value(line);
        if (Token.KEEP_ALIVE.isAt(value, off, end)) {
            said |= Head.KEEP_ALIVE;
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
            said |= option(from, to);
            off = next + 1;
        }
        return null;
    }

    private int option(int from, int to) {
        if (Token.KEEP_ALIVE.isAt(value, from, to)) return Head.KEEP_ALIVE;
        if (Token.UPGRADE.isAt(value, from, to)) return UPGRADE_TOKEN;
        boolean close = Token.CLOSE.isAt(value, from, to) && !lets(Leniency.IGNORE_CLOSE);
        return close ? Head.CLOSE : 0;
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
        said |= CODINGS;
        var cursor = new ListCursor(head.fields.valueWindow(line));
        while (cursor.next()) {
            boolean chunked = !cursor.isBad() && cursor.isToken(Token.CHUNKED);
            if (cursor.isBad()) {
                if (head.isRequest()) return Fault.BAD_TRANSFER_ENCODING;
            } else {
                // RFC 9112, 7.1: chunked has no parameters.
                if (chunked && cursor.hasParameters()) return Fault.BAD_TRANSFER_ENCODING;
                said |= has(CHUNKED_LAST) ? CHUNKED_BEFORE : 0;
                said |= chunked || isRegistered(cursor) ? 0 : UNKNOWN_CODING;
            }
            said = chunked ? said | CHUNKED_LAST : said & ~CHUNKED_LAST;
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
        for (Token coding : Token.REGISTERED_CODINGS) {
            if (cursor.isToken(coding)) return true;
        }
        return false;
    }

    private boolean has(int bit) {
        return (said & bit) != 0;
    }

    private boolean lets(Leniency leniency) {
        return (lenient & leniency.bit()) != 0;
    }
}
