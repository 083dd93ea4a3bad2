// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.Optional;

/// Resolves references (RFC 3986, 5.2) and puts components together again (5.3).
final class Resolution {
    /// RFC 3986, 5.2.2, with the scheme of `reference` given apart, since the loose reading
    /// overlooks it.
    static Uri resolve(Uri base, Uri reference, Optional<String> scheme) {
        if (base.isRelative()) throw new IllegalStateException("base without a scheme: " + base);
        if (scheme.isPresent() || reference.hasAuthority()) {
            return compose(
                    scheme.or(base::scheme),
                    reference.authority(),
                    DotSegments.remove(reference.path()),
                    reference.query(),
                    reference.fragment());
        }
        if (reference.path().isEmpty()) {
            return compose(
                    base.scheme(),
                    base.authority(),
                    base.path(),
                    reference.query().or(base::query),
                    reference.fragment());
        }
        return compose(
                base.scheme(),
                base.authority(),
                DotSegments.remove(merge(base, reference)),
                reference.query(),
                reference.fragment());
    }

    /// RFC 3986, 5.2.3, and nothing to merge with if the reference has an absolute path.
    private static String merge(Uri base, Uri reference) {
        if (reference.isPathAbsolute()) return reference.path();
        String path = base.path();
        if (base.hasAuthority() && path.isEmpty()) return "/" + reference.path();
        return path.substring(0, path.lastIndexOf('/') + 1) + reference.path();
    }

    /// RFC 3986, 5.3. A path that would be read as something else where it comes to stand gets a
    /// dot segment before it, which changes nothing else: `//` at its beginning without an
    /// authority, a colon in the first segment without a scheme.
    static Uri compose(
            Optional<String> scheme,
            Optional<String> authority,
            String path,
            Optional<String> query,
            Optional<String> fragment) {
        var out = new StringBuilder();
        scheme.ifPresent(text -> out.append(text).append(':'));
        authority.ifPresent(text -> out.append("//").append(text));
        if (authority.isEmpty() && path.startsWith("//")) {
            out.append("/.");
        }
        if (authority.isEmpty() && scheme.isEmpty() && DotSegments.looksLikeScheme(path)) {
            out.append("./");
        }
        out.append(path);
        query.ifPresent(text -> out.append('?').append(text));
        fragment.ifPresent(text -> out.append('#').append(text));
        return Uri.of(out.toString());
    }

    private Resolution() {}
}
