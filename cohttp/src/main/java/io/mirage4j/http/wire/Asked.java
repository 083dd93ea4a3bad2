// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

/// What a response answers to, as far as it decides whether content follows (RFC 9112, 6.3).
public enum Asked {
    HEAD,
    CONNECT,
    OTHER
}
