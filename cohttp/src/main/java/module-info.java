// SPDX-License-Identifier: Apache-2.0

/// HTTP: [io.mirage4j.http.wire] reads and writes the messages of HTTP/1.1 strictly and without an
/// allocation, [io.mirage4j.http] has what they mean.
module io.mirage4j.http {
    requires transitive io.mirage4j.cstruct;
    requires static org.jspecify;

    exports io.mirage4j.http;
    exports io.mirage4j.http.wire;
}
