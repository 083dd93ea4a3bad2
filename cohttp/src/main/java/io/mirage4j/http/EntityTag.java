// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What tells one version of a representation from another (RFC 9110, 8.8.3).
///
/// @param opaque what stands between the quotes, which nothing escapes
public record EntityTag(String opaque, boolean weak) {
    public EntityTag {
        if (!opaque.chars().allMatch(EntityTag::isOpaque)) {
            throw new IllegalArgumentException("not an entity tag: " + opaque);
        }
    }

    public static EntityTag strong(String opaque) {
        return new EntityTag(opaque, false);
    }

    public static Optional<EntityTag> parse(String text) {
        var field = new FieldText(text.strip());
        Optional<EntityTag> tag = parse(field);
        return field.atEnd() ? tag : Optional.empty();
    }

    /// The tags of If-Match and If-None-Match; empty if one of them is none. `*` is not a tag.
    public static Optional<List<EntityTag>> parseList(String text) {
        List<EntityTag> tags = new ArrayList<>();
        var field = new FieldText(text);
        while (field.nextElement()) {
            Optional<EntityTag> tag = parse(field);
            if (tag.isEmpty() || !field.elementEnds()) return Optional.empty();
            tags.add(tag.get());
        }
        return Optional.of(tags);
    }

    private static Optional<EntityTag> parse(FieldText field) {
        boolean weak = field.peek() == 'W';
        if (weak) {
            field.take('W');
            if (!field.take('/')) return Optional.empty();
        }
        if (!field.take('"')) return Optional.empty();
        String opaque = field.until("\"");
        boolean sound = field.take('"') && opaque.chars().allMatch(EntityTag::isOpaque);
        return sound ? Optional.of(new EntityTag(opaque, weak)) : Optional.empty();
    }

    private static boolean isOpaque(int c) {
        return c > ' ' && c != '"' && c != 0x7f && c <= 0xff;
    }

    /// The same octets: neither is weak.
    public boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /// As good as the same.
    public boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }
}
