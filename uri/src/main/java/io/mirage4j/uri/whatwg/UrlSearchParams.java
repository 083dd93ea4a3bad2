// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;
import io.mirage4j.uri.whatwg.UrlSearchParams.Pair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The pairs of an `application/x-www-form-urlencoded` text, such as a query, in their order: the
/// `URLSearchParams` of the URL Standard. Mutable, and for one thread at a time.
///
/// ```java
/// UrlSearchParams params = url.searchParams();
/// params.set("page", "2");
/// Url next = url.withSearchParams(params);
/// ```
///
/// An iterator walks by index, so pairs may be added and deleted meanwhile; it then sees the list
/// as it is. A surrogate without its partner is read as U+FFFD.
public final class UrlSearchParams implements Iterable<Pair> {
    /// One name with one of its values.
    public record Pair(String name, String value) {
        public Pair {
            name = PercentEncoder.toScalars(name);
            value = PercentEncoder.toScalars(value);
        }
    }

    private final List<Pair> pairs = new ArrayList<>();

    /// No pairs.
    public UrlSearchParams() {}

    /// These pairs.
    public static UrlSearchParams of(Iterable<Pair> pairs) {
        var params = new UrlSearchParams();
        for (Pair pair : pairs) params.pairs.add(pair);
        return params;
    }

    /// The pairs in a query, with or without its `?`. There is no bad one.
    public static UrlSearchParams parse(String query) {
        var params = new UrlSearchParams();
        String text = PercentEncoder.toScalars(query);
        int from = text.startsWith("?") ? 1 : 0;
        while (from < text.length()) {
            int ampersand = text.indexOf('&', from);
            int to = ampersand < 0 ? text.length() : ampersand;
            if (to > from) {
                params.pairs.add(pair(text, from, to));
            }
            from = to + 1;
        }
        return params;
    }

    private static Pair pair(String text, int from, int to) {
        int equals = from;
        while (equals < to && text.charAt(equals) != '=') equals++;
        String name = decode(text.substring(from, equals));
        return new Pair(name, decode(text.substring(Math.min(equals + 1, to), to)));
    }

    private static String decode(String text) {
        return PercentSet.decode(text.replace('+', ' '));
    }

    public int size() {
        return pairs.size();
    }

    public void append(String name, String value) {
        pairs.add(new Pair(name, value));
    }

    /// Deletes all pairs of this name.
    public void delete(String name) {
        String scalars = PercentEncoder.toScalars(name);
        pairs.removeIf(pair -> pair.name().equals(scalars));
    }

    /// Deletes all pairs of this name and value.
    public void delete(String name, String value) {
        var given = new Pair(name, value);
        pairs.removeIf(given::equals);
    }

    /// The first value of this name.
    public Optional<String> get(String name) {
        List<String> values = getAll(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /// The values of this name, in their order.
    public List<String> getAll(String name) {
        String scalars = PercentEncoder.toScalars(name);
        return pairs.stream().filter(p -> p.name().equals(scalars)).map(Pair::value).toList();
    }

    public boolean has(String name) {
        return !getAll(name).isEmpty();
    }

    public boolean has(String name, String value) {
        return pairs.contains(new Pair(name, value));
    }

    /// Gives the first pair of this name this value and deletes the others; appends one if there is
    /// none.
    public void set(String name, String value) {
        var given = new Pair(name, value);
        int first = 0;
        while (first < pairs.size() && !pairs.get(first).name().equals(given.name())) first++;
        if (first == pairs.size()) {
            pairs.add(given);
            return;
        }
        pairs.set(first, given);
        pairs.subList(first + 1, pairs.size()).removeIf(p -> p.name().equals(given.name()));
    }

    /// Sorts by name, in the order of UTF-16 code units. Pairs of one name keep their order.
    public void sort() {
        pairs.sort(Comparator.comparing(Pair::name));
    }

    @Override
    public Iterator<Pair> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < pairs.size();
            }

            @Override
            public Pair next() {
                if (!hasNext()) throw new NoSuchElementException("no pair " + next);
                return pairs.get(next++);
            }
        };
    }

    /// Whether both have the same pairs in the same order.
    @Override
    public boolean equals(Object other) {
        return other instanceof UrlSearchParams params && pairs.equals(params.pairs);
    }

    @Override
    public int hashCode() {
        return pairs.hashCode();
    }

    /// The pairs as a query without `?`.
    @Override
    public String toString() {
        return toString(QueryEncoding.UTF_8);
    }

    /// The pairs as a query without `?`, for a reader that knows only a legacy encoding.
    public String toString(QueryEncoding encoding) {
        var out = new StringBuilder();
        for (Pair pair : pairs) {
            if (!out.isEmpty()) {
                out.append('&');
            }
            encoding.appendForm(out, pair.name());
            out.append('=');
            encoding.appendForm(out, pair.value());
        }
        return out.toString();
    }
}
