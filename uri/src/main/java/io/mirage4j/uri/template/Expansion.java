// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import io.mirage4j.uri.PercentSet;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Fills in a template (RFC 6570, 3.2.1 and appendix A).
final class Expansion {
    private final StringBuilder out = new StringBuilder();
    private final Variables variables;
    private String delimiter = "";

    private Expansion(Variables variables) {
        this.variables = variables;
    }

    static String expand(List<Part> parts, Variables variables) {
        var expansion = new Expansion(variables);
        for (Part part : parts) {
            switch (part) {
                case Part.Literal(String text) -> expansion.out.append(text);
                case Part.Expression expression -> expansion.append(expression);
            }
        }
        return expansion.out.toString();
    }

    private void append(Part.Expression expression) {
        delimiter = expression.operator().first;
        for (Part.Variable variable : expression.variables()) {
            variables
                    .get(variable.name())
                    .ifPresent(value -> append(expression.operator(), variable, value));
        }
    }

    private void append(Operator operator, Part.Variable variable, Value value) {
        if (variable.maxLength() > 0 && !(value instanceof Value.Text)) {
            throw new IllegalArgumentException(
                    "%s:%d takes one text, not %s"
                            .formatted(variable.name(), variable.maxLength(), value));
        }
        String name = variable.name();
        boolean each = variable.isExploded();
        switch (value) {
            case Value.Text(String text) ->
                    appendNamed(operator, name, operator.encode(prefix(operator, variable, text)));
            case Value.Items(List<String> items) when items.isEmpty() -> {}
            case Value.Items(List<String> items) when each ->
                    items.forEach(item -> appendNamed(operator, name, operator.encode(item)));
            case Value.Items(List<String> items) ->
                    appendNamed(
                            operator,
                            name,
                            items.stream().map(operator::encode).collect(Collectors.joining(",")));
            case Value.Pairs(Map<String, String> pairs) when pairs.isEmpty() -> {}
            case Value.Pairs(Map<String, String> pairs) when each ->
                    pairs.forEach((key, item) -> appendPair(operator, key, item));
            case Value.Pairs(Map<String, String> pairs) ->
                    appendNamed(
                            operator,
                            name,
                            pairs.entrySet().stream()
                                    .map(pair -> joined(operator, pair))
                                    .collect(Collectors.joining(",")));
        }
    }

    private static String joined(Operator operator, Map.Entry<String, String> pair) {
        return operator.encode(pair.getKey()) + "," + operator.encode(pair.getValue());
    }

    private void appendNamed(Operator operator, String name, String encoded) {
        appendDelimiter(operator);
        if (operator.isNamed) {
            out.append(name).append(encoded.isEmpty() ? operator.ifEmpty : "=");
        }
        out.append(encoded);
    }

    private void appendPair(Operator operator, String name, String value) {
        appendDelimiter(operator);
        String encoded = operator.encode(value);
        boolean isBare = operator.isNamed && encoded.isEmpty();
        out.append(operator.encode(name)).append(isBare ? operator.ifEmpty : "=").append(encoded);
    }

    private void appendDelimiter(Operator operator) {
        out.append(delimiter);
        delimiter = operator.separator;
    }

    /// The first `maxLength` characters, where an escape that will stay one counts as one.
    private static String prefix(Operator operator, Part.Variable variable, String text) {
        if (variable.maxLength() == 0) return text;
        int end = 0;
        for (int count = 0; count < variable.maxLength() && end < text.length(); count++) {
            boolean isEscape = operator.keepsReserved && PercentSet.isEscape(text, end);
            end += isEscape ? 3 : Character.charCount(text.codePointAt(end));
        }
        return text.substring(0, end);
    }
}
