// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.Optional;

/// One `name=value` of a [Query], as it is written and as it is meant.
public final class Parameter {
    private final String text;
    private final String name;
    private final Optional<String> value;

    Parameter(String text, String name, Optional<String> value) {
        this.text = text;
        this.name = name;
        this.value = value;
    }

    /// The name, decoded.
    public String name() {
        return name;
    }

    /// The value, decoded; empty text for `name=`, absent for `name` alone.
    public Optional<String> value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameter parameter
                && text.equals(parameter.text)
                && name.equals(parameter.name)
                && value.equals(parameter.value);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// As it stands in the query.
    @Override
    public String toString() {
        return text;
    }
}
