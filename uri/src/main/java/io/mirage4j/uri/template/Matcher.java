// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the values of variables back from an expanded template.
///
/// An expansion is a sequence of steps: a literal, or a variable, which was either undefined and
/// left nothing, or left a delimiter, perhaps its name, and a run of characters.
final class Matcher {
    /*
     * First backwards: for each step, the set of the positions from which the rest of the template
     * can produce the rest of the text. Then forwards: from the beginning, each variable takes the
     * longest run that ends in the set behind it. So there is no backtracking; each step costs
     * time linear in the text.
     *
     * Within an expression there are two sets for each variable: where it may begin if no variable
     * before it was defined ("fresh": its delimiter is the operator's first), and if one was
     * ("going": the separator).
     */
    private final String text;
    private final Positions positions;
    private final Reading reading;
    private final Deque<Step> steps = new ArrayDeque<>();

    /// The sets behind one variable.
    private record Step(VariableRun run, BitSet fresh, BitSet going) {}

    private Matcher(String text, Positions positions, Reading reading) {
        this.text = text;
        this.positions = positions;
        this.reading = reading;
    }

    /// What may be read into a variable that is not sure to be one text. The plainest reading that
    /// fits is the one taken.
    enum Reading {
        /// No comma or other delimiter is within a value, unless it is exploded into a list.
        TEXTS(false, false),
        /// Commas make a value a list.
        LISTS(true, false),
        /// An exploded variable is pairs of names and values.
        PAIRS(false, true),
        LISTS_AND_PAIRS(true, true);

        final boolean hasLists;
        final boolean hasPairs;

        Reading(boolean hasLists, boolean hasPairs) {
            this.hasLists = hasLists;
            this.hasPairs = hasPairs;
        }
    }

    static Optional<Variables> match(List<Part> parts, String text) {
        var positions = new Positions(text);
        return Arrays.stream(Reading.values())
                .flatMap(reading -> new Matcher(text, positions, reading).match(parts).stream())
                .findFirst();
    }

    private Optional<Variables> match(List<Part> parts) {
        BitSet after = new BitSet();
        after.set(text.length());
        for (Part part : parts.reversed()) {
            after =
                    switch (part) {
                        case Part.Literal(String literal) -> before(literal, after);
                        case Part.Expression expression -> before(expression, after);
                    };
        }
        if (!after.get(0)) return Optional.empty();
        // Values that are given twice, or cut, need not agree.
        return Optional.of(read(parts))
                .filter(variables -> cutsOnlyTexts(parts, variables))
                .filter(
                        variables ->
                                Positions.canonical(Expansion.expand(parts, variables))
                                        .equals(Positions.canonical(text)));
    }

    /// What was read as a list in one place can not be cut to a prefix in another.
    private static boolean cutsOnlyTexts(List<Part> parts, Variables variables) {
        for (Part part : parts) {
            if (part instanceof Part.Expression expression) {
                for (Part.Variable variable : expression.variables()) {
                    Value value = variables.get(variable.name()).orElse(null);
                    if (variable.maxLength() > 0
                            && value != null
                            && !(value instanceof Value.Text)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private BitSet before(String literal, BitSet after) {
        var before = new BitSet();
        for (int end = after.nextSetBit(0); end >= 0; end = after.nextSetBit(end + 1)) {
            int start = end - literal.length();
            if (text.startsWith(literal, start) && !positions.isInsideEscape(start)) {
                before.set(start);
            }
        }
        return before;
    }

    private BitSet before(Part.Expression expression, BitSet after) {
        Operator operator = expression.operator();
        BitSet fresh = after;
        BitSet going = after;
        for (Part.Variable variable : expression.variables().reversed()) {
            var run = new VariableRun(text, positions, operator, variable, reading);
            steps.push(new Step(run, fresh, going));
            BitSet ends = going;
            fresh = union(fresh, run.starts(operator.first, ends));
            going = union(going, run.starts(operator.separator, ends));
        }
        return fresh;
    }

    private static BitSet union(BitSet one, BitSet other) {
        other.or(one);
        return other;
    }

    private Variables read(List<Part> parts) {
        Map<String, Value> values = new LinkedHashMap<>();
        int at = 0;
        for (Part part : parts) {
            switch (part) {
                case Part.Literal(String literal) -> at += literal.length();
                case Part.Expression expression -> at = read(expression, at, values);
            }
        }
        return Variables.of(values);
    }

    private int read(Part.Expression expression, int start, Map<String, Value> values) {
        String delimiter = expression.operator().first;
        boolean isFresh = true;
        int at = start;
        for (Part.Variable variable : expression.variables()) {
            Step step = steps.pop();
            int end = step.run.longestEnd(at, delimiter, step.going);
            boolean isSkippable = (isFresh ? step.fresh : step.going).get(at);
            if (end < 0 || (end == at && isSkippable)) continue;
            Value value = step.run.value(at + delimiter.length(), end);
            if (variable.maxLength() == 0) values.put(variable.name(), value);
            else values.putIfAbsent(variable.name(), value);
            delimiter = expression.operator().separator;
            isFresh = false;
            at = end;
        }
        return at;
    }
}
