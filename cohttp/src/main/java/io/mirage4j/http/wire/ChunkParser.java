// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static io.mirage4j.http.wire.Octets.CR;
import static io.mirage4j.http.wire.Octets.LF;
import static io.mirage4j.http.wire.Octets.isBlank;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// Reads the line that begins a chunk (RFC 9112, 7.1), octet by octet, since it is short:
///
/// ```
/// chunk-size   = 1*HEXDIG
/// chunk-ext    = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )
/// chunk-ext-val = token / quoted-string
/// ```
///
/// An empty line is no size, `0x10` is none, and white space after the size needs a semicolon after
/// it. Nothing here allocates.
final class ChunkParser {
    private enum State {
        /// Behind the data of the chunk before.
        DATA_CR,
        DATA_LF,
        SIZE,
        SIZE_SPACE,
        BEFORE_NAME,
        NAME,
        NAME_SPACE,
        BEFORE_VALUE,
        TOKEN,
        QUOTED,
        ESCAPED,
        QUOTE_END,
        VALUE_SPACE,
        CR_SEEN
    }

    private final int lenient;
    private final int lineLimit;

    private State state = State.SIZE;
    private int at;
    private int lineOff;
    private long size;
    private int digits;
    private int sizeEnd;
    private int lineEnd;
    private @Nullable Fault fault;

    ChunkParser(int lenient, int lineLimit) {
        this.lenient = lenient;
        this.lineLimit = lineLimit;
    }

    /// Begins at the start of a window, for the first chunk or for another one, which has the line
    /// end of the data before it.
    void begin(boolean first) {
        state = first ? State.SIZE : State.DATA_CR;
        at = 0;
        lineOff = 0;
        size = 0;
        digits = 0;
        fault = null;
    }

    int at() {
        return at;
    }

    long size() {
        return size;
    }

    /// Where the extensions begin: behind the size.
    int extensionOff() {
        return sizeEnd;
    }

    int extensionLength() {
        return lineEnd - sizeEnd;
    }

    @Nullable Fault fault() {
        return fault;
    }

    /// Reads on; false if the window ends first or a fault was found.
    boolean parse(ReadOnlyCstruct w) {
        while (at < w.length()) {
            int c = w.u8(at);
            if (state == State.DATA_CR || state == State.DATA_LF) {
                if (!dataEnd(c)) return false;
                continue;
            }
            if (state == State.CR_SEEN) {
                if (c == LF) {
                    at++;
                    return true;
                }
                return lets(Leniency.BARE_CR) || fail(Fault.BARE_CR);
            }
            if (at - lineOff >= lineLimit && c != CR && c != LF) {
                return fail(Fault.CHUNK_LINE_TOO_LONG);
            }
            if (c == CR || c == LF) {
                Fault wrong = lineMayEnd();
                if (wrong != null) return fail(wrong);
                lineEnd = at;
                at++;
                if (c == LF) {
                    at = lets(Leniency.BARE_LF) ? at : at - 1;
                    return lets(Leniency.BARE_LF) || fail(Fault.BARE_LF);
                }
                state = State.CR_SEEN;
                continue;
            }
            Fault wrong = state == State.SIZE ? sizeOctet(c) : extensionOctet(c);
            if (wrong != null) return fail(wrong);
            at++;
        }
        return false;
    }

    /// One octet of what is behind the data, or none.
    private boolean dataEnd(int c) {
        boolean behindCr = state == State.DATA_LF;
        if (!behindCr && c == CR) {
            at++;
            state = State.DATA_LF;
            return true;
        }
        if (c == LF && (behindCr || lets(Leniency.BARE_LF))) {
            at++;
        } else if (!lets(behindCr ? Leniency.BARE_CR : Leniency.NO_CRLF_AFTER_CHUNK)) {
            return fail(Fault.NO_CRLF_AFTER_CHUNK);
        }
        state = State.SIZE;
        lineOff = at;
        return true;
    }

    private @Nullable Fault lineMayEnd() {
        return switch (state) {
            case SIZE -> {
                sizeEnd = at;
                yield digits == 0 ? Fault.BAD_CHUNK_SIZE : null;
            }
            case SIZE_SPACE -> lets(Leniency.SPACE_AFTER_CHUNK_SIZE) ? null : Fault.BAD_CHUNK_SIZE;
            case NAME, TOKEN, QUOTE_END -> null;
            case VALUE_SPACE, NAME_SPACE ->
                    lets(Leniency.SPACE_AFTER_CHUNK_SIZE) ? null : Fault.BAD_CHUNK_EXTENSION;
            default -> Fault.BAD_CHUNK_EXTENSION;
        };
    }

    private @Nullable Fault sizeOctet(int c) {
        int digit = Octets.hex(c);
        if (digit >= 0) {
            if (size >>> 59 != 0) return Fault.CONTENT_TOO_LARGE;
            size = (size << 4) | digit;
            digits++;
            return null;
        }
        if (digits == 0) return Fault.BAD_CHUNK_SIZE;
        sizeEnd = at;
        if (c == ';') {
            state = State.BEFORE_NAME;
            return null;
        }
        state = State.SIZE_SPACE;
        return isBlank(c) ? null : Fault.BAD_CHUNK_SIZE;
    }

    private @Nullable Fault extensionOctet(int c) {
        boolean fits =
                switch (state) {
                    case SIZE_SPACE -> isBlank(c) || go(c == ';', State.BEFORE_NAME);
                    case BEFORE_NAME -> isBlank(c) || go(Octets.isToken(c), State.NAME);
                    case NAME ->
                            Octets.isToken(c)
                                    || go(c == '=', State.BEFORE_VALUE)
                                    || go(c == ';', State.BEFORE_NAME)
                                    || go(isBlank(c), State.NAME_SPACE);
                    case NAME_SPACE ->
                            isBlank(c)
                                    || go(c == '=', State.BEFORE_VALUE)
                                    || go(c == ';', State.BEFORE_NAME);
                    case BEFORE_VALUE ->
                            isBlank(c)
                                    || go(c == '"', State.QUOTED)
                                    || go(Octets.isToken(c), State.TOKEN);
                    case TOKEN ->
                            Octets.isToken(c)
                                    || go(c == ';', State.BEFORE_NAME)
                                    || go(isBlank(c), State.VALUE_SPACE);
                    case QUOTED ->
                            Octets.isQuoted(c)
                                    || go(c == '\\', State.ESCAPED)
                                    || go(c == '"', State.QUOTE_END);
                    case ESCAPED -> go(Octets.isValue(c), State.QUOTED);
                    case QUOTE_END, VALUE_SPACE ->
                            go(c == ';', State.BEFORE_NAME) || go(isBlank(c), State.VALUE_SPACE);
                    default -> false;
                };
        return fits
                ? null
                : state == State.SIZE_SPACE ? Fault.BAD_CHUNK_SIZE : Fault.BAD_CHUNK_EXTENSION;
    }

    private boolean go(boolean yes, State next) {
        if (yes) {
            state = next;
        }
        return yes;
    }

    private boolean lets(Leniency leniency) {
        return (lenient & leniency.bit()) != 0;
    }

    private boolean fail(Fault fault) {
        this.fault = fault;
        return false;
    }
}
