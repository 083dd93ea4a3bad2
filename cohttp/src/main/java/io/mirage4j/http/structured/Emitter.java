// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// The algorithms of RFC 9651, 4.1, and what a value must be for them.
final class Emitter {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~:/";

    private final StringBuilder out = new StringBuilder();

    static String emit(Item item) {
        var emitter = new Emitter();
        emitter.item(item);
        return emitter.out.toString();
    }

    static String emit(StructuredList list) {
        var emitter = new Emitter();
        for (Member member : list.members()) {
            emitter.comma();
            emitter.member(member);
        }
        return emitter.out.toString();
    }

    static String emit(Dictionary dictionary) {
        var emitter = new Emitter();
        for (Map.Entry<String, Member> entry : dictionary.members().entrySet()) {
            emitter.comma();
            emitter.out.append(entry.getKey());
            if (isTrue(entry.getValue())) {
                emitter.parameters(entry.getValue().parameters());
            } else {
                emitter.out.append('=');
                emitter.member(entry.getValue());
            }
        }
        return emitter.out.toString();
    }

    private void comma() {
        if (!out.isEmpty()) {
            out.append(", ");
        }
    }

    private static boolean isTrue(Member member) {
        return member instanceof Item item
                && item.value() instanceof BareItem.Bool bool
                && bool.value();
    }

    private void member(Member member) {
        switch (member) {
            case Item item -> item(item);
            case InnerList list -> {
                out.append('(');
                for (int i = 0; i < list.items().size(); i++) {
                    if (i > 0) {
                        out.append(' ');
                    }
                    item(list.items().get(i));
                }
                out.append(')');
                parameters(list.parameters());
            }
        }
    }

    private void item(Item item) {
        bare(item.value());
        parameters(item.parameters());
    }

    private void parameters(Parameters parameters) {
        for (Map.Entry<String, BareItem> entry : parameters.values().entrySet()) {
            out.append(';').append(entry.getKey());
            if (!(entry.getValue() instanceof BareItem.Bool bool && bool.value())) {
                out.append('=');
                bare(entry.getValue());
            }
        }
    }

    private void bare(BareItem item) {
        switch (item) {
            case BareItem.Int number -> out.append(number.value());
            case BareItem.Decimal decimal -> out.append(plain(decimal.value()));
            case BareItem.Text text ->
                    out.append('"')
                            .append(text.value().replace("\\", "\\\\").replace("\"", "\\\""))
                            .append('"');
            case BareItem.Token token -> out.append(token.value());
            case BareItem.Octets octets ->
                    out.append(':')
                            .append(
                                    Base64.getEncoder()
                                            .encodeToString(octets.value().toByteArray()))
                            .append(':');
            case BareItem.Bool bool -> out.append(bool.value() ? "?1" : "?0");
            case BareItem.Date date -> out.append('@').append(date.seconds());
            case BareItem.DisplayText text -> display(text.value());
        }
    }

    /// At least one digit behind the point, and no zero at the end beyond it.
    private static String plain(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
    }

    private void display(String text) {
        out.append("%\"");
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet < ' ' || octet == 0x7f || octet == '%' || octet == '"') {
                out.append('%');
                out.append(Character.forDigit((octet >> 4) & 0xf, 16));
                out.append(Character.forDigit(octet & 0xf, 16));
            } else {
                out.append((char) octet);
            }
        }
        out.append('"');
    }

    static boolean isKey(int c) {
        return (c >= 'a' && c <= 'z') || isDigit(c) || c == '_' || c == '-' || c == '.' || c == '*';
    }

    static boolean isTokenRest(int c) {
        return isAlpha(c) || isDigit(c) || TOKEN_MARKS.indexOf(c) >= 0;
    }

    static void checkKey(String key) {
        boolean begins = !key.isEmpty() && (key.charAt(0) == '*' || isLower(key.charAt(0)));
        if (!begins || !key.chars().allMatch(Emitter::isKey)) {
            throw new IllegalArgumentException("not a key: " + key);
        }
    }

    static void checkToken(String token) {
        boolean begins = !token.isEmpty() && (token.charAt(0) == '*' || isAlpha(token.charAt(0)));
        if (!begins || !token.chars().allMatch(Emitter::isTokenRest)) {
            throw new IllegalArgumentException("not a token: " + token);
        }
    }

    static void checkAscii(String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("not printable ASCII: " + text);
        }
    }

    static void checkUnicode(String text) {
        if (text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff)) {
            throw new IllegalArgumentException("a surrogate without its partner");
        }
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isAlpha(int c) {
        return isLower(c | 0x20) && c < 0x80;
    }
}
