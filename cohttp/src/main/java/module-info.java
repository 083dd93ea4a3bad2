// SPDX-License-Identifier: Apache-2.0

/// HTTP, strictly: [io.mirage4j.http] has what messages mean, whatever version carries them, and
/// the contract by which handlers answer them; [io.mirage4j.http.wire] reads and writes the
/// messages of HTTP/1.1 without an allocation. [io.mirage4j.http.structured] has structured fields,
/// [io.mirage4j.http.cookie] cookies, [io.mirage4j.http.cache] a private cache. All of it is
/// without I/O, threads or clocks.
module io.mirage4j.http {
    requires transitive io.mirage4j.cstruct;
    requires transitive io.mirage4j.uri;
    requires org.apache.commons.codec;
    requires static org.jspecify;

    exports io.mirage4j.http;
    exports io.mirage4j.http.cache;
    exports io.mirage4j.http.cookie;
    exports io.mirage4j.http.structured;
    exports io.mirage4j.http.wire;
}
