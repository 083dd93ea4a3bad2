// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;

/// Whether a conditional request is to be done (RFC 9110, 13.2.2, in its order).
public final class Preconditions {
    public enum Verdict {
        PROCEED,
        /// 304: the client has it.
        NOT_MODIFIED,
        /// 412: it is not what the client thinks it is.
        FAILED
    }

    /// The version that the server has now; neither is known of what does not exist.
    ///
    /// @param lastModified in seconds since 1970
    public record Current(boolean exists, Optional<EntityTag> tag, OptionalLong lastModified) {
        public static final Current ABSENT =
                new Current(false, Optional.empty(), OptionalLong.empty());

        public static Current of(EntityTag tag, long lastModified) {
            return new Current(true, Optional.of(tag), OptionalLong.of(lastModified));
        }
    }

    /// What the conditions in `request` say of `current`.
    public static Verdict judge(Method method, Fields request, Current current) {
        Optional<String> ifMatch = request.list("if-match");
        if (ifMatch.isPresent()) {
            if (!matches(ifMatch.get(), current, EntityTag::matchesStrongly)) return Verdict.FAILED;
        } else if (isModifiedSince(request, "if-unmodified-since", current, false)) {
            return Verdict.FAILED;
        }
        boolean reads = method.equals(Method.GET) || method.equals(Method.HEAD);
        Optional<String> ifNoneMatch = request.list("if-none-match");
        if (ifNoneMatch.isPresent()) {
            if (matches(ifNoneMatch.get(), current, EntityTag::matchesWeakly)) {
                return reads ? Verdict.NOT_MODIFIED : Verdict.FAILED;
            }
        } else if (reads && !isModifiedSince(request, "if-modified-since", current, true)) {
            return Verdict.NOT_MODIFIED;
        }
        return Verdict.PROCEED;
    }

    /// Whether Range counts: If-Range is not there, or names just this version (13.1.5).
    public static boolean allowsRange(Fields request, Current current) {
        Optional<String> ifRange = request.first("if-range");
        if (ifRange.isEmpty()) return true;
        Optional<EntityTag> tag = EntityTag.parse(ifRange.get());
        if (tag.isPresent()) {
            return current.tag.isPresent() && tag.get().matchesStrongly(current.tag.get());
        }
        long date = HttpDate.parse(ifRange.get());
        return date != HttpDate.NONE
                && current.lastModified.isPresent()
                && current.lastModified.getAsLong() == date;
    }

    private static boolean matches(
            String field, Current current, BiPredicate<EntityTag, EntityTag> same) {
        if (field.equals("*")) return current.exists;
        List<EntityTag> tags = EntityTag.parseList(field).orElse(List.of());
        return current.tag.isPresent()
                && tags.stream().anyMatch(tag -> same.test(tag, current.tag.get()));
    }

    /// Whether it changed after the date of a field; `otherwise` where that can not be said.
    private static boolean isModifiedSince(
            Fields request, String name, Current current, boolean otherwise) {
        Optional<Long> date = request.date(name);
        if (date.isEmpty() || current.lastModified.isEmpty()) return otherwise;
        return current.lastModified.getAsLong() > date.get();
    }

    private Preconditions() {}
}
