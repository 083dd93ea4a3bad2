// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Names with items or inner lists, in their order. An empty one is a field that is not sent.
public record Dictionary(Map<String, Member> members) implements Structured {
    public Dictionary {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        members.keySet().forEach(Emitter::checkKey);
    }

    /// Parses a field that is a dictionary; lines of one field are joined by commas before.
    public static Structured parse(String text) {
        return new Parser(text).field(Parser::dictionary);
    }

    public Optional<Member> get(String key) {
        return Optional.ofNullable(members.get(key));
    }

    public String emit() {
        return Emitter.emit(this);
    }
}
