// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import io.mirage4j.cstruct.ReadOnlyCstruct.Split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Taking text apart without a copy: every result is a window into the one that was given.
///
/// ```java
/// Split<ReadOnlyCstruct> field = Substrings.cut(line, ReadOnlyCstruct.of(":")).orElseThrow();
/// ReadOnlyCstruct name = field.head();
/// ReadOnlyCstruct value = Substrings.trim(field.tail());
/// ```
///
/// Predicates get an octet, 0 to 255. What works from the left has a twin from the right, named
/// `…FromEnd`, which gives its parts in the order in which they stand all the same.
///
/// Follows the parsing helpers of ocaml-cstruct 6, which took them from astring; what there is
/// `~rev` is `FromEnd` here. Those that make new octets (`map`, `filter`, `rev`) are in [Copies].
public final class Substrings {
    /// What a list of parts does with empty ones.
    public enum Empty {
        KEPT,
        OMITTED
    }

    /// The first octet, -1 where there is none.
    public static int head(ReadOnlyCstruct w) {
        return w.isEmpty() ? -1 : w.u8(0);
    }

    /// The last octet, -1 where there is none.
    public static int headFromEnd(ReadOnlyCstruct w) {
        return w.isEmpty() ? -1 : w.u8(w.length() - 1);
    }

    /// All but the first octet; of nothing, nothing.
    public static ReadOnlyCstruct tail(ReadOnlyCstruct w) {
        return w.isEmpty() ? w : w.shift(1);
    }

    /// All but the last octet; of nothing, nothing.
    public static ReadOnlyCstruct tailFromEnd(ReadOnlyCstruct w) {
        return w.isEmpty() ? w : w.sub(0, w.length() - 1);
    }

    /// Tells whether `w` begins with `affix`.
    public static boolean isPrefix(ReadOnlyCstruct affix, ReadOnlyCstruct w) {
        return affix.length() <= w.length() && isAt(affix, w, 0);
    }

    /// Tells whether `w` ends with `affix`.
    public static boolean isSuffix(ReadOnlyCstruct affix, ReadOnlyCstruct w) {
        return affix.length() <= w.length() && isAt(affix, w, w.length() - affix.length());
    }

    /// Tells whether `affix` stands somewhere in `w`.
    public static boolean isInfix(ReadOnlyCstruct affix, ReadOnlyCstruct w) {
        return w.indexOf(affix) >= 0;
    }

    /// Tells whether all octets are as wanted.
    public static boolean forAll(ReadOnlyCstruct w, IntPredicate wanted) {
        return countFromStart(w, w.length(), wanted) == w.length();
    }

    /// Tells whether some octet is as wanted.
    public static boolean exists(ReadOnlyCstruct w, IntPredicate wanted) {
        return !forAll(w, wanted.negate());
    }

    /// What is between the white space at both ends ([#isSpace]).
    public static ReadOnlyCstruct trim(ReadOnlyCstruct w) {
        return trim(w, Substrings::isSpace);
    }

    /// What is between the octets to drop at both ends.
    public static ReadOnlyCstruct trim(ReadOnlyCstruct w, IntPredicate dropped) {
        return dropFromEnd(drop(w, dropped), dropped);
    }

    /// The longest beginning of wanted octets, and the rest.
    public static Split<ReadOnlyCstruct> span(ReadOnlyCstruct w, IntPredicate wanted) {
        return span(w, 0, Integer.MAX_VALUE, wanted);
    }

    /// The longest beginning of at most `max` wanted octets, and the rest; the beginning is empty
    /// if there are less than `min`.
    public static Split<ReadOnlyCstruct> span(
            ReadOnlyCstruct w, int min, int max, IntPredicate wanted) {
        checkRange(min, max);
        int count = countFromStart(w, max, wanted);
        return splitAt(w, count < min ? 0 : count);
    }

    /// The rest, and the longest end of wanted octets.
    public static Split<ReadOnlyCstruct> spanFromEnd(ReadOnlyCstruct w, IntPredicate wanted) {
        return spanFromEnd(w, 0, Integer.MAX_VALUE, wanted);
    }

    /// The rest, and the longest end of at most `max` wanted octets; the end is empty if there are
    /// less than `min`.
    public static Split<ReadOnlyCstruct> spanFromEnd(
            ReadOnlyCstruct w, int min, int max, IntPredicate wanted) {
        checkRange(min, max);
        int count = countFromEnd(w, max, wanted);
        return splitAt(w, w.length() - (count < min ? 0 : count));
    }

    /// What [#span(ReadOnlyCstruct, IntPredicate)] finds, without the rest.
    public static ReadOnlyCstruct take(ReadOnlyCstruct w, IntPredicate wanted) {
        return span(w, wanted).head();
    }

    /// What [#span(ReadOnlyCstruct, int, int, IntPredicate)] finds, without the rest.
    public static ReadOnlyCstruct take(ReadOnlyCstruct w, int min, int max, IntPredicate wanted) {
        return span(w, min, max, wanted).head();
    }

    /// What [#spanFromEnd(ReadOnlyCstruct, IntPredicate)] finds, without the rest.
    public static ReadOnlyCstruct takeFromEnd(ReadOnlyCstruct w, IntPredicate wanted) {
        return spanFromEnd(w, wanted).tail();
    }

    /// What [#spanFromEnd(ReadOnlyCstruct, int, int, IntPredicate)] finds, without the rest.
    public static ReadOnlyCstruct takeFromEnd(
            ReadOnlyCstruct w, int min, int max, IntPredicate wanted) {
        return spanFromEnd(w, min, max, wanted).tail();
    }

    /// What [#span(ReadOnlyCstruct, IntPredicate)] leaves.
    public static ReadOnlyCstruct drop(ReadOnlyCstruct w, IntPredicate wanted) {
        return span(w, wanted).tail();
    }

    /// What [#span(ReadOnlyCstruct, int, int, IntPredicate)] leaves.
    public static ReadOnlyCstruct drop(ReadOnlyCstruct w, int min, int max, IntPredicate wanted) {
        return span(w, min, max, wanted).tail();
    }

    /// What [#spanFromEnd(ReadOnlyCstruct, IntPredicate)] leaves.
    public static ReadOnlyCstruct dropFromEnd(ReadOnlyCstruct w, IntPredicate wanted) {
        return spanFromEnd(w, wanted).head();
    }

    /// What [#spanFromEnd(ReadOnlyCstruct, int, int, IntPredicate)] leaves.
    public static ReadOnlyCstruct dropFromEnd(
            ReadOnlyCstruct w, int min, int max, IntPredicate wanted) {
        return spanFromEnd(w, min, max, wanted).head();
    }

    /// What is left and right of the first `separator`; nothing if it does not occur.
    public static Optional<Split<ReadOnlyCstruct>> cut(
            ReadOnlyCstruct w, ReadOnlyCstruct separator) {
        return cutAt(w, separator, w.indexOf(notEmpty(separator)));
    }

    /// What is left and right of the last `separator`; nothing if it does not occur.
    public static Optional<Split<ReadOnlyCstruct>> cutFromEnd(
            ReadOnlyCstruct w, ReadOnlyCstruct separator) {
        return cutAt(w, separator, indexOfFromEnd(notEmpty(separator), w, w.length()));
    }

    /// All that separators leave; the whole if there are none.
    public static List<ReadOnlyCstruct> cuts(ReadOnlyCstruct w, ReadOnlyCstruct separator) {
        return cuts(w, separator, Empty.KEPT);
    }

    /// All that separators leave, which are looked for from the left and do not overlap.
    public static List<ReadOnlyCstruct> cuts(
            ReadOnlyCstruct w, ReadOnlyCstruct separator, Empty empty) {
        notEmpty(separator);
        List<ReadOnlyCstruct> parts = new ArrayList<>();
        int from = 0;
        for (int at; (at = w.indexOf(separator, from)) >= 0; from = at + separator.length()) {
            add(parts, w, from, at, empty);
        }
        add(parts, w, from, w.length(), empty);
        return parts;
    }

    /// All that separators leave, which are looked for from the right and do not overlap: that
    /// makes a difference to separators like `--`.
    public static List<ReadOnlyCstruct> cutsFromEnd(
            ReadOnlyCstruct w, ReadOnlyCstruct separator, Empty empty) {
        notEmpty(separator);
        List<ReadOnlyCstruct> parts = new ArrayList<>();
        int to = w.length();
        for (int at; (at = indexOfFromEnd(separator, w, to)) >= 0; to = at) {
            add(parts, w, at + separator.length(), to, empty);
        }
        add(parts, w, 0, to, empty);
        Collections.reverse(parts);
        return parts;
    }

    /// What is between single octets of white space ([#isSpace]).
    public static List<ReadOnlyCstruct> fields(ReadOnlyCstruct w, Empty empty) {
        return fields(w, empty, Substrings::isSpace);
    }

    /// What is between single octets that separate.
    public static List<ReadOnlyCstruct> fields(
            ReadOnlyCstruct w, Empty empty, IntPredicate separates) {
        List<ReadOnlyCstruct> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < w.length(); at++) {
            if (separates.test(w.u8(at))) {
                add(parts, w, from, at, empty);
                from = at + 1;
            }
        }
        add(parts, w, from, w.length(), empty);
        return parts;
    }

    /// The first wanted octet, as a window of one.
    public static Optional<ReadOnlyCstruct> find(ReadOnlyCstruct w, IntPredicate wanted) {
        int at = countFromStart(w, w.length(), wanted.negate());
        return at == w.length() ? Optional.empty() : Optional.of(w.sub(at, 1));
    }

    /// The last wanted octet, as a window of one.
    public static Optional<ReadOnlyCstruct> findFromEnd(ReadOnlyCstruct w, IntPredicate wanted) {
        int after = w.length() - countFromEnd(w, w.length(), wanted.negate());
        return after == 0 ? Optional.empty() : Optional.of(w.sub(after - 1, 1));
    }

    /// The first place in `w` that has the octets of `wanted`.
    public static Optional<ReadOnlyCstruct> findSub(ReadOnlyCstruct w, ReadOnlyCstruct wanted) {
        int at = w.indexOf(wanted);
        return at < 0 ? Optional.empty() : Optional.of(w.sub(at, wanted.length()));
    }

    /// The last place in `w` that has the octets of `wanted`.
    public static Optional<ReadOnlyCstruct> findSubFromEnd(
            ReadOnlyCstruct w, ReadOnlyCstruct wanted) {
        int at = indexOfFromEnd(wanted, w, w.length());
        return at < 0 ? Optional.empty() : Optional.of(w.sub(at, wanted.length()));
    }

    /// Tells whether an octet is white space of ASCII: the space, and tab to carriage return.
    public static boolean isSpace(int octet) {
        return octet == ' ' || (octet >= '\t' && octet <= '\r');
    }

    private static Optional<Split<ReadOnlyCstruct>> cutAt(
            ReadOnlyCstruct w, ReadOnlyCstruct separator, int at) {
        return at < 0
                ? Optional.empty()
                : Optional.of(new Split<>(w.sub(0, at), w.shift(at + separator.length())));
    }

    private static void add(
            List<ReadOnlyCstruct> parts, ReadOnlyCstruct w, int from, int to, Empty empty) {
        if (from < to || empty == Empty.KEPT) {
            parts.add(w.sub(from, to - from));
        }
    }

    private static Split<ReadOnlyCstruct> splitAt(ReadOnlyCstruct w, int at) {
        return new Split<>(w.sub(0, at), w.shift(at));
    }

    private static int countFromStart(ReadOnlyCstruct w, int max, IntPredicate wanted) {
        int most = Math.min(max, w.length());
        int count = 0;
        while (count < most && wanted.test(w.u8(count))) {
            count++;
        }
        return count;
    }

    private static int countFromEnd(ReadOnlyCstruct w, int max, IntPredicate wanted) {
        int most = Math.min(max, w.length());
        int count = 0;
        while (count < most && wanted.test(w.u8(w.length() - 1 - count))) {
            count++;
        }
        return count;
    }

    /// The last place that ends at `to` or before.
    private static int indexOfFromEnd(ReadOnlyCstruct wanted, ReadOnlyCstruct w, int to) {
        for (int at = to - wanted.length(); at >= 0; at--) {
            if (isAt(wanted, w, at)) return at;
        }
        return -1;
    }

    private static boolean isAt(ReadOnlyCstruct wanted, ReadOnlyCstruct w, int at) {
        for (int i = 0; i < wanted.length(); i++) {
            if (wanted.u8(i) != w.u8(at + i)) return false;
        }
        return true;
    }

    private static ReadOnlyCstruct notEmpty(ReadOnlyCstruct separator) {
        if (separator.isEmpty()) throw new IllegalArgumentException("separator is empty");
        return separator;
    }

    private static void checkRange(int min, int max) {
        if (min < 0 || max < 0) {
            throw new IllegalArgumentException("min " + min + " or max " + max + " < 0");
        }
    }

    private Substrings() {}
}
