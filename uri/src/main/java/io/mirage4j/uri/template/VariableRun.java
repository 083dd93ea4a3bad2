// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import io.mirage4j.uri.PercentSet;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a defined variable may have left in a text: a delimiter, its name if the operator wants it,
/// and a run of the characters that its value may have.
final class VariableRun {
    private final String text;
    private final Positions positions;
    private final Operator operator;
    private final Part.Variable variable;
    private final boolean mayBePairs;

    /// The name between delimiter and value, empty if it is not written.
    private final String name;

    /// By position, where the run of the value's characters from there ends.
    private final int[] runEnds;

    VariableRun(
            String text,
            Positions positions,
            Operator operator,
            Part.Variable variable,
            Matcher.Reading reading) {
        this.text = text;
        this.positions = positions;
        this.operator = operator;
        this.variable = variable;
        mayBePairs = variable.isExploded() && reading.hasPairs && !operator.keepsReserved;
        name = operator.isNamed && !mayBePairs ? variable.name() : "";
        runEnds = runEnds(set(reading));
    }

    private PercentSet set(Matcher.Reading reading) {
        PercentSet set = operator.set();
        if (mayBePairs) return set.with("=").with(operator.separator);
        if (variable.isExploded()) return operator.isNamed ? set : set.with(operator.separator);
        if (!reading.hasLists) return set.without("," + operator.separator);
        return variable.maxLength() > 0 ? set : set.with(",");
    }

    private int[] runEnds(PercentSet set) {
        int[] ends = new int[text.length() + 1];
        ends[text.length()] = text.length();
        for (int i = text.length() - 1; i >= 0; i--) {
            if (PercentSet.isEscape(text, i)) ends[i] = mayHave(i) ? ends[i + 3] : i;
            else ends[i] = set.contains(text.charAt(i)) ? ends[i + 1] : i;
        }
        return ends;
    }

    /// Whether the value may have made the escape at `at`: of octets that are no UTF-8, only where
    /// it keeps the escapes that it has.
    private boolean mayHave(int at) {
        return operator.keepsReserved || !positions.isMalformed(at);
    }

    /// The positions from which this can lead to one in `after`.
    BitSet starts(String delimiter, BitSet after) {
        int length = text.length();
        int[] next = new int[length + 2]; // the next position in `after`
        next[length + 1] = Integer.MAX_VALUE;
        for (int i = length; i >= 0; i--) next[i] = after.get(i) ? i : next[i + 1];
        var starts = new BitSet();
        var repeats = new BitSet(); // where a further item can begin
        for (int i = length; i >= 0; i--) {
            if (isItemRepeated() && hasEnd(i, operator.separator, next, repeats)) {
                repeats.set(i);
            }
            if (hasEnd(i, delimiter, next, repeats)) {
                starts.set(i);
            }
        }
        return starts;
    }

    /// Whether further items of a list come each with a delimiter and the name.
    private boolean isItemRepeated() {
        return variable.isExploded() && operator.isNamed && !mayBePairs;
    }

    private boolean hasEnd(int at, String delimiter, int[] next, BitSet repeats) {
        int nameEnd = nameEnd(at, delimiter);
        if (nameEnd < 0) return false;
        if (mayBeBare() && (next[nameEnd] == nameEnd || repeats.get(nameEnd))) return true;
        int value = valueStart(nameEnd);
        if (value < 0) return false;
        int end = next[value];
        return (end <= runEnds[value] && isShort(value, end)) || repeats.get(runEnds[value]);
    }

    /// Behind the delimiter and the name that begin at `at`, or -1 if they do not.
    private int nameEnd(int at, String delimiter) {
        if (positions.isInsideEscape(at) || !text.startsWith(delimiter, at)) return -1;
        int start = at + delimiter.length();
        return text.startsWith(name, start) ? start + name.length() : -1;
    }

    /// Where the value begins, behind the `=` if there is a name, or -1.
    private int valueStart(int nameEnd) {
        if (name.isEmpty()) return nameEnd;
        return text.startsWith("=", nameEnd) ? nameEnd + 1 : -1;
    }

    /// Whether the name alone stands for an empty value.
    private boolean mayBeBare() {
        return !name.isEmpty() && operator.ifEmpty.isEmpty();
    }

    private boolean isShort(int from, int to) {
        int maxLength = variable.maxLength();
        return maxLength == 0 || positions.charactersBetween(from, to) <= maxLength;
    }

    /// The end in `after` that is farthest from `at`, or -1.
    int longestEnd(int at, String delimiter, BitSet after) {
        int longest = -1;
        int nameEnd = nameEnd(at, delimiter);
        while (nameEnd >= 0) {
            if (mayBeBare() && after.get(nameEnd)) {
                longest = nameEnd;
            }
            int value = valueStart(nameEnd);
            int runEnd = value < 0 ? nameEnd : runEnds[value];
            if (value >= 0) {
                int end = runEnd;
                while (end >= value && !(after.get(end) && isShort(value, end))) end--;
                if (end >= value) {
                    longest = end;
                }
            }
            nameEnd = isItemRepeated() ? nameEnd(runEnd, operator.separator) : -1;
        }
        return longest;
    }

    /// The value that stands between `from`, behind the delimiter, and `to`.
    Value value(int from, int to) {
        String run = text.substring(from, to);
        if (variable.isExploded()) {
            List<String> items = items(run, operator.separator);
            if (arePairs(items)) return pairs(items);
            return new Value.Items(
                    items.stream().map(item -> decode(item.substring(labelLength(item)))).toList());
        }
        String value = run.substring(labelLength(run));
        if (operator.keepsReserved || value.indexOf(',') < 0) return new Value.Text(decode(value));
        return new Value.Items(items(value, ",").stream().map(this::decode).toList());
    }

    /// The length of the name and the `=` behind it.
    private int labelLength(String run) {
        return operator.isNamed ? Math.min(variable.name().length() + 1, run.length()) : 0;
    }

    private List<String> items(String run, String separator) {
        List<String> items = new ArrayList<>();
        for (int start = 0; start <= run.length(); ) {
            int end = run.indexOf(separator, start);
            if (end < 0) {
                end = run.length();
            }
            items.add(run.substring(start, end));
            start = end + separator.length();
        }
        return items;
    }

    /// Items of a list bear the name of the variable, or none.
    private boolean arePairs(List<String> items) {
        if (!mayBePairs) return false;
        if (!operator.isNamed) return items.stream().anyMatch(item -> item.indexOf('=') >= 0);
        return !items.stream().allMatch(item -> key(item).equals(variable.name()));
    }

    private Value pairs(List<String> items) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String item : items) {
            int valueStart = Math.min(key(item).length() + 1, item.length());
            pairs.put(decode(key(item)), decode(item.substring(valueStart)));
        }
        return new Value.Pairs(pairs);
    }

    private static String key(String item) {
        int equals = item.indexOf('=');
        return equals < 0 ? item : item.substring(0, equals);
    }

    /// Undoes the escapes that expansion makes. It would not make those of reserved characters
    /// where these may stand, nor of octets that are no UTF-8.
    private String decode(String value) {
        if (!operator.keepsReserved) return PercentSet.decode(value);
        var out = new StringBuilder();
        int start = 0;
        for (int i = value.indexOf('%'); i >= 0; i = value.indexOf('%', i + 3)) {
            int octet = Integer.parseInt(value, i + 1, i + 3, 16);
            boolean isReserved =
                    operator.set().contains(octet) && !PercentSet.UNRESERVED.contains(octet);
            if (octet != '%' && !isReserved) continue;
            out.append(decodeIfUtf8(value.substring(start, i))).append(value, i, i + 3);
            start = i + 3;
        }
        return out.append(decodeIfUtf8(value.substring(start))).toString();
    }

    private String decodeIfUtf8(String escaped) {
        String plain = PercentSet.decode(escaped);
        String again = Positions.canonical(operator.encode(plain));
        return again.equals(Positions.canonical(escaped)) ? plain : escaped;
    }
}
