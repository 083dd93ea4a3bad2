// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The values of variables by their names. What has no value is undefined, and an expression leaves
/// it out. Immutable.
public final class Variables {
    /// No variable is defined.
    public static final Variables NONE = new Variables(Map.of());

    private final Map<String, Value> values;

    private Variables(Map<String, Value> values) {
        this.values = values;
    }

    public static Variables of(Map<String, Value> values) {
        return new Variables(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }

    public static Variables of(String name, String value) {
        return NONE.with(name, value);
    }

    public Variables with(String name, String value) {
        return with(name, new Value.Text(value));
    }

    public Variables with(String name, List<String> value) {
        return with(name, new Value.Items(value));
    }

    public Variables with(String name, Map<String, String> value) {
        return with(name, new Value.Pairs(value));
    }

    public Variables with(String name, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Variables(Collections.unmodifiableMap(more));
    }

    public Optional<Value> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// The value of a variable that is one text.
    public Optional<String> text(String name) {
        return get(name)
                .flatMap(
                        value ->
                                value instanceof Value.Text(String text)
                                        ? Optional.of(text)
                                        : Optional.empty());
    }

    public Map<String, Value> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Variables variables && values.equals(variables.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
