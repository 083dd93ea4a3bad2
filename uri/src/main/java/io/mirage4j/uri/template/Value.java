// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a variable of a template stands for. Empty [Items] and [Pairs] count as undefined.
public sealed interface Value {
    /// One text, which may be empty.
    record Text(String text) implements Value {}

    /// A list of texts.
    record Items(List<String> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// Names with their values, in the order given.
    record Pairs(Map<String, String> pairs) implements Value {
        public Pairs {
            pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
        }
    }
}
