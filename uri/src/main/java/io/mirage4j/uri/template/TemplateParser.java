// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import io.mirage4j.uri.PercentSet;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Reads a template by the grammar of RFC 6570, 2, in one pass.
final class TemplateParser {
    private static final PercentSet LITERAL = PercentSet.range('!', '~').without("\"%<>\\^`{|}");
    private static final PercentSet VARCHAR =
            PercentSet.range('a', 'z')
                    .with(PercentSet.range('A', 'Z'))
                    .with(PercentSet.range('0', '9'))
                    .with("_");
    private static final String RESERVED_OPERATORS = "=,!@|";
    private static final int MAX_PREFIX_DIGITS = 4;

    private final String text;
    private int at;
    private @Nullable TemplateError error;

    TemplateParser(String text) {
        this.text = text;
    }

    TemplateResult parse() {
        List<Part> parts = new ArrayList<>();
        while (at < text.length() && error == null) {
            parts.add(text.charAt(at) == '{' ? expression() : literal());
        }
        return error == null ? new UriTemplate(text, parts) : error;
    }

    private Part literal() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '{' && error == null) {
            int c = text.codePointAt(at);
            if (PercentSet.isEscape(text, at)) at += 3;
            else if (LITERAL.contains(c) || isBeyondAscii(c)) at += Character.charCount(c);
            else fail(TemplateError.Cause.LITERAL);
        }
        return new Part.Literal(Operator.encodeAroundEscapes(text.substring(start, at)));
    }

    /// `ucschar` or `iprivate` of RFC 3987: all beyond ASCII but C1 controls, surrogates, tags,
    /// specials and noncharacters.
    private static boolean isBeyondAscii(int c) {
        if (c < 0x10000) {
            boolean isSurrogate = c >= 0xd800 && c <= 0xdfff;
            boolean isNoncharacter = c >= 0xfdd0 && c <= 0xfdef;
            return c >= 0xa0 && c <= 0xffef && !isSurrogate && !isNoncharacter;
        }
        boolean isTag = c >= 0xe0000 && c <= 0xe0fff;
        return (c & 0xfffe) != 0xfffe && !isTag;
    }

    /// `"{" [ operator ] varspec *( "," varspec ) "}"`
    private Part expression() {
        at++;
        Operator operator = Operator.SIMPLE;
        if (at < text.length()) {
            char c = text.charAt(at);
            if (RESERVED_OPERATORS.indexOf(c) >= 0) {
                fail(TemplateError.Cause.OPERATOR);
            }
            operator = Operator.of(c);
            if (operator != Operator.SIMPLE) {
                at++;
            }
        }
        List<Part.Variable> variables = new ArrayList<>();
        do variables.add(variable());
        while (error == null && take(','));
        if (error == null && !take('}')) {
            boolean atEnd = at == text.length();
            fail(atEnd ? TemplateError.Cause.UNCLOSED : TemplateError.Cause.NAME);
        }
        return new Part.Expression(operator, List.copyOf(variables));
    }

    private Part.Variable variable() {
        int start = at;
        do varchars();
        while (error == null && take('.'));
        String name = text.substring(start, at);
        if (take('*')) return new Part.Variable(name, 0, true);
        return new Part.Variable(name, take(':') ? maxLength() : 0, false);
    }

    private void varchars() {
        int start = at;
        while (at < text.length()) {
            if (VARCHAR.contains(text.charAt(at))) at++;
            else if (PercentSet.isEscape(text, at)) at += 3;
            else break;
        }
        if (at == start) {
            fail(TemplateError.Cause.NAME);
        }
    }

    private int maxLength() {
        int start = at;
        int value = 0;
        while (at < text.length() && at < start + MAX_PREFIX_DIGITS && isDigit(text.charAt(at))) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        boolean isTooLong = at < text.length() && isDigit(text.charAt(at));
        if (at == start || text.charAt(start) == '0' || isTooLong) {
            at = start;
            fail(TemplateError.Cause.MODIFIER);
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean take(char c) {
        if (at == text.length() || text.charAt(at) != c) return false;
        at++;
        return true;
    }

    private void fail(TemplateError.Cause cause) {
        if (error == null) {
            error = new TemplateError(cause, at);
        }
    }
}
