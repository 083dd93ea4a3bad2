// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.Optional;

/// URI references that the grammar generates, with a liking for its corners.
final class UriArbitraries {
    /// A URI by its components, before anybody has parsed it.
    record Components(
            Optional<String> scheme,
            Optional<String> authority,
            String path,
            Optional<String> query,
            Optional<String> fragment) {

        /// RFC 3986, 5.3.
        String text() {
            return scheme.map(text -> text + ":").orElse("")
                    + authority.map(text -> "//" + text).orElse("")
                    + path
                    + query.map(text -> "?" + text).orElse("")
                    + fragment.map(text -> "#" + text).orElse("");
        }

        /// What the grammar asks of components that stand beside each other (RFC 3986, 3.3).
        boolean areCompatible() {
            if (authority.isPresent()) return path.isEmpty() || path.startsWith("/");
            if (path.startsWith("//")) return false;
            return scheme.isPresent() || path.isEmpty() || !path.split("/", 2)[0].contains(":");
        }
    }

    static Arbitrary<Components> components() {
        return Combinators.combine(
                        scheme().optional(0.7),
                        authority().optional(0.6),
                        path(),
                        tail().optional(0.4),
                        tail().optional(0.3))
                .as(Components::new)
                .filter(Components::areCompatible);
    }

    static Arbitrary<Uri> uris() {
        return components().map(components -> Uri.of(components.text()));
    }

    /// URIs that something can be resolved against.
    static Arbitrary<Uri> bases() {
        return uris().filter(uri -> !uri.isRelative());
    }

    private static Arbitrary<String> scheme() {
        return Arbitraries.of("http", "HTTPS", "ftp", "urn", "x-y.z+1", "a");
    }

    private static Arbitrary<String> authority() {
        Arbitrary<String> userinfo = Arbitraries.of("", "u@", "u:p@", "@", "%41%3a@", "a:b:c@");
        Arbitrary<String> host =
                Arbitraries.of(
                        "",
                        "a",
                        "www.Example.COM",
                        "1.2.3.4",
                        "1.2.3",
                        "[::1]",
                        "[FE80::1%25eth0]",
                        "[v7.x:y]",
                        "%C3%a9.example",
                        "a!$&'()*+,;=~_-.b");
        Arbitrary<String> port = Arbitraries.of("", ":", ":80", ":443", ":0080", ":99999");
        return Combinators.combine(userinfo, host, port).as((u, h, p) -> u + h + p);
    }

    private static Arbitrary<String> path() {
        Arbitrary<String> segment =
                Arbitraries.of(
                        "", "", ".", "..", "...", "a", "b", "c", "a:b", "%2e", "%2E%2e", "%2F",
                        "%7e", "x@y", "a;p=1,2", "%c3%A9", ".a", "a.");
        Arbitrary<String> rootless =
                segment.list().ofMaxSize(6).map(segments -> String.join("/", segments));
        return Combinators.combine(rootless, Arbitraries.of("/", ""))
                .as((path, slash) -> slash + path);
    }

    private static Arbitrary<String> tail() {
        return Arbitraries.of("", "q", "a=1&b=2", "/?:@", "%41%2f", "..", "a+b", "x/./y");
    }

    private UriArbitraries() {}
}
