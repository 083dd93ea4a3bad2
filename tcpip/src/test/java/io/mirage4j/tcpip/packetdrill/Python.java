// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The little Python of `%{ }%`: assignments, `print`, and assertions over numbers.
final class Python {
    private final Map<String, Double> variables = new HashMap<>();
    private final Function<String, Long> fields;
    private Cursor cursor = new Cursor("");

    /// `fields` gives the value of a name that is no variable, or null.
    Python(Function<String, Long> fields) {
        this.fields = fields;
    }

    void run(String program) {
        for (String line : program.replace("\\\n", " ").split("\n")) {
            int comment = line.indexOf('#');
            if (comment >= 0) {
                line = line.substring(0, comment);
            }
            for (String statement : line.split(";")) {
                if (!statement.isBlank()) {
                    statement(statement.strip());
                }
            }
        }
    }

    private void statement(String text) {
        if (text.startsWith("print") || text.startsWith("import ") || text.equals("pass")) return;
        cursor = new Cursor(text);
        if (text.startsWith("assert")) {
            cursor.take("assert");
            if (either() == 0) throw new AssertionError(text + ": " + seen(text));
            return;
        }
        int equals = text.indexOf('=');
        if (equals < 0) throw new Skipped("Python: " + text);
        cursor = new Cursor(text.substring(equals + 1));
        variables.put(text.substring(0, equals).strip(), either());
    }

    private String seen(String text) {
        List<String> seen = new ArrayList<>();
        for (String word : text.split("[^A-Za-z_0-9]+")) {
            if (word.startsWith("tcpi_") && !seen.toString().contains(word + "=")) {
                seen.add(word + "=" + (long) name(word));
            }
        }
        return seen.toString();
    }

    private double either() {
        double value = both();
        while (takeName("or")) {
            double right = both();
            value = value != 0 || right != 0 ? 1 : 0;
        }
        return value;
    }

    private double both() {
        double value = negated();
        while (takeName("and")) {
            double right = negated();
            value = value != 0 && right != 0 ? 1 : 0;
        }
        return value;
    }

    private boolean takeName(String name) {
        cursor.skip();
        int start = cursor.position();
        if (cursor.word().equals(name)) return true;
        cursor.back(start);
        return false;
    }

    private double negated() {
        return takeName("not") ? (negated() == 0 ? 1 : 0) : compared();
    }

    private double compared() {
        double left = bits();
        double result = 1;
        boolean any = false;
        while (true) {
            if (takeName("in")) return isIn(left) ? 1 : 0;
            String operator = operator();
            if (operator.isEmpty()) return any ? result : left;
            double right = bits();
            boolean holds =
                    switch (operator) {
                        case "==" -> left == right;
                        case "!=" -> left != right;
                        case "<=" -> left <= right;
                        case ">=" -> left >= right;
                        case "<" -> left < right;
                        default -> left > right;
                    };
            if (!holds) {
                result = 0;
            }
            any = true;
            left = right;
        }
    }

    private String operator() {
        cursor.skip();
        if (cursor.looksAt("<<") || cursor.looksAt(">>")) return "";
        for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (cursor.takeWord(operator)) return operator;
        }
        return "";
    }

    private double bits() {
        double value = shifted();
        while (true) {
            if (cursor.takeWord("&")) {
                value = (long) value & (long) shifted();
            } else if (cursor.takeWord("|")) {
                value = (long) value | (long) shifted();
            } else if (cursor.takeWord("^")) {
                value = (long) value ^ (long) shifted();
            } else {
                return value;
            }
        }
    }

    private double shifted() {
        double value = sum();
        while (true) {
            if (cursor.takeWord("<<")) {
                value = (long) value << (int) sum();
            } else if (cursor.takeWord(">>")) {
                value = (long) value >> (int) sum();
            } else {
                return value;
            }
        }
    }

    private double sum() {
        double value = product();
        while (true) {
            if (cursor.takeWord("+")) {
                value += product();
            } else if (cursor.takeWord("-")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = factor();
        while (true) {
            if (cursor.takeWord("**")) {
                value = Math.pow(value, factor());
            } else if (cursor.takeWord("*")) {
                value *= factor();
            } else if (cursor.takeWord("//")) {
                value = Math.floor(value / factor());
            } else if (cursor.takeWord("%")) {
                double divisor = factor();
                value -= Math.floor(value / divisor) * divisor;
            } else if (cursor.takeWord("/")) {
                value /= factor();
            } else {
                return value;
            }
        }
    }

    private double factor() {
        if (cursor.takeWord("(")) {
            double value = either();
            cursor.expect(")");
            return value;
        }
        if (cursor.takeWord("-")) return -factor();
        if (cursor.takeWord("~")) return ~(long) factor();
        cursor.skip();
        if (cursor.peek() == '.') return decimal("0");
        String word = cursor.word();
        if (word.isEmpty()) throw cursor.fault("no value");
        if (!Character.isDigit(word.charAt(0))) {
            return cursor.takeWord("(") ? function(word) : name(word);
        }
        if (word.startsWith("0x")) return Long.parseLong(word.substring(2), 16);
        return decimal(word);
    }

    private double decimal(String whole) {
        String digits = cursor.take(".") ? whole + "." + cursor.characters("0123456789") : whole;
        return Double.parseDouble(digits);
    }

    private double function(String name) {
        double result = either();
        if (name.equals("abs")) {
            result = Math.abs(result);
        } else if (name.equals("int")) {
            result = (long) result;
        } else if (name.equals("round")) {
            result = Math.rint(result);
        } else if (name.equals("min") || name.equals("max")) {
            while (cursor.takeWord(",")) {
                double next = either();
                result = name.equals("min") ? Math.min(result, next) : Math.max(result, next);
            }
        } else if (!name.equals("float") && !name.equals("bool")) {
            throw new Skipped("Python: " + name + "()");
        }
        cursor.expect(")");
        return result;
    }

    /// Whether `value` is one of a tuple or list.
    private boolean isIn(double value) {
        String end = cursor.takeWord("[") ? "]" : ")";
        if (end.equals(")")) {
            cursor.expect("(");
        }
        boolean found = false;
        do {
            if (!cursor.takeWord(end)) {
                found |= either() == value;
                continue;
            }
            return found;
        } while (cursor.takeWord(","));
        cursor.expect(end);
        return found;
    }

    private double name(String name) {
        if (name.equals("True")) return 1;
        if (name.equals("False")) return 0;
        Double variable = variables.get(name);
        if (variable != null) return variable;
        Long value = fields.apply(name);
        if (value == null && name.startsWith("tcpi_")) {
            throw new AssertionError("tcp_info has no " + name);
        }
        if (value == null) throw new Skipped("Python: " + name);
        return value;
    }
}
