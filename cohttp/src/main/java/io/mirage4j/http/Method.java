// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import io.mirage4j.http.wire.Head;

import java.util.List;

/// A request method (RFC 9110, 9). Names differ in case; any token is one.
public record Method(String name) {
    public static final Method GET = new Method("GET");
    public static final Method HEAD = new Method("HEAD");
    public static final Method POST = new Method("POST");
    public static final Method PUT = new Method("PUT");
    public static final Method DELETE = new Method("DELETE");
    public static final Method CONNECT = new Method("CONNECT");
    public static final Method OPTIONS = new Method("OPTIONS");
    public static final Method TRACE = new Method("TRACE");
    public static final Method PATCH = new Method("PATCH");
    public static final Method QUERY = new Method("QUERY");

    private static final List<Method> COMMON =
            List.of(GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, QUERY);

    public Method {
        if (!FieldText.isToken(name)) throw new IllegalArgumentException("not a method: " + name);
    }

    /// The method of a request; allocates for uncommon ones only.
    public static Method of(Head head) {
        for (int i = 0; i < COMMON.size(); i++) {
            if (head.hasMethod(COMMON.get(i).name)) return COMMON.get(i);
        }
        return new Method(head.method());
    }

    /// Whether it asks for nothing to be changed (9.2.1).
    public boolean isSafe() {
        return switch (name) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "QUERY", "PROPFIND", "REPORT", "SEARCH" -> true;
            default -> false;
        };
    }

    /// Whether several requests do as one (9.2.2), so that it may be sent again.
    public boolean isIdempotent() {
        return isSafe()
                || switch (name) {
                    case "PUT", "DELETE", "PROPPATCH", "MKCOL", "COPY", "MOVE", "UNLOCK" -> true;
                    default -> false;
                };
    }

    @Override
    public String toString() {
        return name;
    }
}
