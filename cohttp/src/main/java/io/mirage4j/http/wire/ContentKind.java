// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

/// How the end of a message's content is found (RFC 9112, 6.3).
public enum ContentKind {
    NONE,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE,
    TUNNEL
}
