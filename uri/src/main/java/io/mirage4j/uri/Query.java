// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A query as `name=value` pairs with `&` between them, nothing of it lost: order, repeated names,
/// `a` and `a=`, empty pairs and the way each is escaped. Immutable.
///
/// There are two readings. In [plain][#parse] ones every character but the escapes means itself; in
/// those of [forms][#parseForm] (`application/x-www-form-urlencoded`) a `+` is a space. What is
/// added is written in the same way.
public final class Query implements Iterable<Parameter> {
    /// The plain query without parameters, to add some to.
    public static final Query EMPTY = new Query(List.of(), false);

    /// The form without parameters, to add some to.
    public static final Query EMPTY_FORM = new Query(List.of(), true);

    /// What the encoder for forms leaves as it is, spaces included: they become `+` afterwards.
    private static final PercentSet FORM = PercentSet.UNRESERVED.without("~").with("* ");

    private final List<Parameter> parameters;
    private final boolean form;

    private Query(List<Parameter> parameters, boolean form) {
        this.parameters = parameters;
        this.form = form;
    }

    /// Reads a query in which `+` is itself. Every text is one; the empty text has no parameters.
    public static Query parse(String text) {
        return EMPTY.read(text);
    }

    /// Reads a query, or the body of a form, in which `+` is a space.
    public static Query parseForm(String text) {
        return EMPTY_FORM.read(text);
    }

    private Query read(String text) {
        if (text.isEmpty()) return this;
        List<Parameter> read = new ArrayList<>();
        for (int start = 0; start <= text.length(); ) {
            int end = text.indexOf('&', start);
            if (end < 0) {
                end = text.length();
            }
            read.add(readParameter(text.substring(start, end)));
            start = end + 1;
        }
        return new Query(List.copyOf(read), form);
    }

    private Parameter readParameter(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) return new Parameter(text, decode(text), Optional.empty());
        String value = decode(text.substring(equals + 1));
        return new Parameter(text, decode(text.substring(0, equals)), Optional.of(value));
    }

    private String decode(String text) {
        return PercentSet.decode(form ? text.replace('+', ' ') : text);
    }

    private String encode(String text) {
        if (!form) return PercentSet.QUERY_PARAMETER.encode(text);
        return FORM.encode(text).replace(' ', '+');
    }

    public boolean isEmpty() {
        return parameters.isEmpty();
    }

    /// All parameters in their order.
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public Iterator<Parameter> iterator() {
        return parameters.iterator();
    }

    /// Whether there is a parameter of this name, with or without a value.
    public boolean contains(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    /// The value of the first parameter of this name that has one.
    public Optional<String> value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .flatMap(parameter -> parameter.value().stream())
                .findFirst();
    }

    /// The values of all parameters of this name that have one.
    public List<String> values(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .flatMap(parameter -> parameter.value().stream())
                .toList();
    }

    /// With `name=value` at the end.
    public Query add(String name, String value) {
        return plus(written(name, value));
    }

    /// With `name` alone at the end.
    public Query add(String name) {
        return plus(new Parameter(encode(name), name, Optional.empty()));
    }

    /// With `name=value` in the place of the first parameter of this name, or at the end, and no
    /// other of this name.
    public Query with(String name, String value) {
        List<Parameter> changed = new ArrayList<>();
        boolean placed = false;
        for (Parameter parameter : parameters) {
            if (!parameter.name().equals(name)) {
                changed.add(parameter);
            } else if (!placed) {
                changed.add(written(name, value));
                placed = true;
            }
        }
        if (!placed) {
            changed.add(written(name, value));
        }
        return new Query(List.copyOf(changed), form);
    }

    /// Without the parameters of this name.
    public Query without(String name) {
        return new Query(
                parameters.stream().filter(parameter -> !parameter.name().equals(name)).toList(),
                form);
    }

    private Parameter written(String name, String value) {
        return new Parameter(encode(name) + "=" + encode(value), name, Optional.of(value));
    }

    private Query plus(Parameter parameter) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(parameter);
        return new Query(List.copyOf(more), form);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Query query
                && form == query.form
                && parameters.equals(query.parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    /// The query as it was read, with what was added.
    @Override
    public String toString() {
        return parameters.stream().map(Parameter::toString).collect(Collectors.joining("&"));
    }
}
