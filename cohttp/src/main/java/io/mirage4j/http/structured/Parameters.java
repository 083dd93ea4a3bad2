// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Names with bare values, in their order.
public record Parameters(Map<String, BareItem> values) {
    public static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.keySet().forEach(Emitter::checkKey);
    }

    public Optional<BareItem> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }
}
