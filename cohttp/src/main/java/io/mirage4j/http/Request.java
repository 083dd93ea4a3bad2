// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import io.mirage4j.http.wire.Head;

import java.util.Optional;

/// What a client asks for, whatever version of HTTP carried it.
///
/// @param scheme `http` or `https`: how the request came
/// @param authority host and perhaps port that it is for: of the target in absolute form, where
///   Host does not count (RFC 9112, 3.2.2), otherwise of Host; empty where HTTP/1.0 does not say
/// @param target as it was written: `/path?query`, `*`, or host and port of CONNECT
public record Request(
        Method method, String scheme, String authority, String target, Fields fields) {

    /// A request as a client makes it.
    public static Request of(Method method, String scheme, String authority, String target) {
        return new Request(method, scheme, authority, target, Fields.NONE);
    }

    /// The request of a head that a strict reader took; it outlives the input.
    public static Request copyOf(Head head, String scheme) {
        Fields fields = Fields.copyOf(head.fields());
        String target = head.target();
        String authority = fields.first("host").orElse("");
        if (!target.startsWith("/") && target.contains("://")) {
            // RFC 9112, 3.2.2: what Host says is ignored.
            int from = target.indexOf("://") + 3;
            int end = from;
            while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
                end++;
            }
            authority = target.substring(Math.max(from, target.lastIndexOf('@', end) + 1), end);
            String rest = target.substring(end);
            boolean asterisk = rest.isEmpty() && head.hasMethod("OPTIONS");
            target = asterisk ? "*" : rest.startsWith("/") ? rest : "/" + rest;
        } else if (head.hasMethod("CONNECT")) {
            authority = target;
        }
        return new Request(Method.of(head), scheme, authority, target, fields);
    }

    public Request with(Fields fields) {
        return new Request(method, scheme, authority, target, fields);
    }

    /// The target without its query, not decoded.
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /// What stands behind the first question mark.
    public Optional<String> query() {
        int query = target.indexOf('?');
        return query < 0 ? Optional.empty() : Optional.of(target.substring(query + 1));
    }
}
