// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The algorithms of RFC 9651, 4.2, by their names.
final class Parser {
    /// Leaves a parse from any depth; never leaves this class.
    @SuppressWarnings("serial")
    private static final class Fault extends RuntimeException {
        final int offset;

        Fault(String reason, int offset) {
            super(reason, null, false, false);
            this.offset = offset;
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private static final int INTEGER_DIGITS = 15;
    private static final int DECIMAL_DIGITS = 12;
    private static final int FRACTION_DIGITS = 3;
    private static final int END = -1;

    private final String text;
    private int at;

    Parser(String text) {
        this.text = text;
    }

    /// The whole field, with spaces around it.
    Structured field(Function<Parser, Structured> type) {
        try {
            skipSpaces();
            Structured value = type.apply(this);
            skipSpaces();
            if (at < text.length()) throw fault("text behind the value");
            return value;
        } catch (Fault e) {
            return new Structured.Malformed(e.reason(), e.offset);
        }
    }

    StructuredList list() {
        List<Member> members = new ArrayList<>();
        while (at < text.length()) {
            members.add(member());
            if (!comma()) break;
        }
        return new StructuredList(members);
    }

    Dictionary dictionary() {
        Map<String, Member> members = new LinkedHashMap<>();
        while (at < text.length()) {
            String key = key();
            if (peek() == '=') {
                at++;
                members.put(key, member());
            } else {
                members.put(key, new Item(new BareItem.Bool(true), parameters()));
            }
            if (!comma()) break;
        }
        return new Dictionary(members);
    }

    Item item() {
        BareItem value = bareItem();
        return new Item(value, parameters());
    }

    /// Whether another member follows.
    private boolean comma() {
        int from = at;
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
        if (at == text.length()) {
            at = from;
            skipSpaces();
            return false;
        }
        if (peek() != ',') throw fault("no comma between members");
        at++;
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
        if (at == text.length()) throw fault("nothing behind a comma");
        return true;
    }

    private Member member() {
        return peek() == '(' ? innerList() : item();
    }

    private InnerList innerList() {
        at++;
        List<Item> items = new ArrayList<>();
        while (true) {
            skipSpaces();
            if (peek() == ')') {
                at++;
                return new InnerList(items, parameters());
            }
            items.add(item());
            if (peek() != ' ' && peek() != ')') {
                throw fault("an item in parentheses is not followed by a space");
            }
        }
    }

    private Parameters parameters() {
        if (peek() != ';') return Parameters.NONE;
        Map<String, BareItem> values = new LinkedHashMap<>();
        while (peek() == ';') {
            at++;
            skipSpaces();
            String key = key();
            BareItem value = new BareItem.Bool(true);
            if (peek() == '=') {
                at++;
                value = bareItem();
            }
            values.put(key, value);
        }
        return new Parameters(values);
    }

    private String key() {
        int from = at;
        if (!Emitter.isLower(peek()) && peek() != '*') throw fault("no key");
        while (Emitter.isKey(peek())) {
            at++;
        }
        return text.substring(from, at);
    }

    private BareItem bareItem() {
        int c = peek();
        return switch (c) {
            case '"' -> string();
            case ':' -> octets();
            case '?' -> bool();
            case '@' -> date();
            case '%' -> displayString();
            default -> {
                if (c == '-' || Emitter.isDigit(c)) yield number();
                if (c == '*' || Emitter.isAlpha(c)) yield token();
                throw fault("no value");
            }
        };
    }

    private BareItem number() {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        int digits = digits(INTEGER_DIGITS);
        if (peek() != '.') return new BareItem.Int(Long.parseLong(text.substring(from, at)));
        if (digits > DECIMAL_DIGITS) throw fault("over 12 digits before a point");
        at++;
        digits(FRACTION_DIGITS);
        return new BareItem.Decimal(new BigDecimal(text.substring(from, at)));
    }

    private int digits(int most) {
        int from = at;
        while (Emitter.isDigit(peek())) {
            at++;
        }
        if (at == from || at - from > most) {
            throw fault(at == from ? "no digit" : "over " + most + " digits");
        }
        return at - from;
    }

    private BareItem string() {
        var out = new StringBuilder();
        for (at++; ; at++) {
            int c = peek();
            if (c == '"') {
                at++;
                return new BareItem.Text(out.toString());
            }
            if (c == '\\') {
                at++;
                c = peek();
                if (c != '"' && c != '\\') throw fault("a backslash before what needs none");
            }
            if (c < ' ' || c > '~') {
                throw fault(c == END ? "a string without an end" : "not printable ASCII");
            }
            out.append((char) c);
        }
    }

    private BareItem token() {
        int from = at;
        at++;
        while (Emitter.isTokenRest(peek())) {
            at++;
        }
        return new BareItem.Token(text.substring(from, at));
    }

    private BareItem octets() {
        int from = at + 1;
        int end = text.indexOf(':', from);
        if (end < 0) throw fault("a byte sequence without an end");
        try {
            BareItem octets =
                    BareItem.Octets.of(Base64.getDecoder().decode(text.substring(from, end)));
            at = end + 1;
            return octets;
        } catch (IllegalArgumentException e) {
            throw fault("no base64");
        }
    }

    private BareItem bool() {
        at++;
        int c = peek();
        if (c != '0' && c != '1') throw fault("neither ?0 nor ?1");
        at++;
        return new BareItem.Bool(c == '1');
    }

    private BareItem date() {
        at++;
        if (number() instanceof BareItem.Int seconds) return new BareItem.Date(seconds.value());
        throw fault("a date with a fraction");
    }

    private BareItem displayString() {
        at++;
        if (peek() != '"') throw fault("no quote behind %");
        byte[] utf8 = new byte[text.length() - at];
        int length = 0;
        for (at++; ; at++) {
            int c = peek();
            if (c == '"') {
                at++;
                return new BareItem.DisplayText(decoded(Arrays.copyOf(utf8, length)));
            }
            if (c < ' ' || c > '~') {
                throw fault(c == END ? "a display string without an end" : "not printable ASCII");
            }
            if (c == '%') {
                c = 16 * lowerHex(at + 1) + lowerHex(at + 2);
                at += 2;
            }
            utf8[length++] = (byte) c;
        }
    }

    private String decoded(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw fault("no UTF-8");
        }
    }

    private int lowerHex(int index) {
        int c = index < text.length() ? text.charAt(index) : END;
        if (Emitter.isDigit(c)) return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        throw fault("no two lower-case hexadecimal digits behind %");
    }

    private void skipSpaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private Fault fault(String reason) {
        return new Fault(reason, at);
    }
}
