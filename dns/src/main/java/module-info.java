// SPDX-License-Identifier: Apache-2.0

/// The Domain Name System without a socket: names, records of every type, messages and zone files
/// in [io.mirage4j.dns]. Messages are read in place by a view and written, compressed, into a given
/// window, both without an allocation; everything else is immutable values that are read from and
/// written to octets and the text of zone files by one table of forms.
module io.mirage4j.dns {
    requires transitive io.mirage4j.cstruct;
    requires transitive io.mirage4j.platform;
    requires org.apache.commons.codec;
    requires static org.jspecify;

    exports io.mirage4j.dns;
    exports io.mirage4j.dns.client;
    exports io.mirage4j.dns.host;
    exports io.mirage4j.dns.server;
    exports io.mirage4j.dns.tap;
    exports io.mirage4j.dns.zone;
}
