// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

import java.util.List;

/// Items and inner lists in their order. An empty one is a field that is not sent.
public record StructuredList(List<Member> members) implements Structured {
    public StructuredList {
        members = List.copyOf(members);
    }

    /// Parses a field that is a list; lines of one field are joined by commas before.
    public static Structured parse(String text) {
        return new Parser(text).field(Parser::list);
    }

    public String emit() {
        return Emitter.emit(this);
    }
}
