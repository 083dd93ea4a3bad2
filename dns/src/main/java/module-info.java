// SPDX-License-Identifier: Apache-2.0

/// The Domain Name System without a socket: names, records of every type, messages and zone files
/// in [io.mirage4j.dns]. Messages are read in place by a view and written, compressed, into a given
/// window, both without an allocation; everything else is immutable values that are read from and
/// written to octets and the text of zone files by one table of forms. An authoritative server
/// stands on that, [io.mirage4j.dns.server], with signatures by shared secrets, transfers, updates
/// and a journal beside it, none of them with a socket either; [io.mirage4j.dns.host] joins them to
/// ports and disks.
module io.mirage4j.dns {
    requires transitive io.mirage4j.cstruct;
    requires transitive io.mirage4j.platform;
    requires org.apache.commons.codec;
    requires static org.jspecify;

    exports io.mirage4j.dns;
    exports io.mirage4j.dns.client;
    exports io.mirage4j.dns.host;
    exports io.mirage4j.dns.server;
    exports io.mirage4j.dns.transfer;
    exports io.mirage4j.dns.tsig;
    exports io.mirage4j.dns.update;
    exports io.mirage4j.dns.tap;
    exports io.mirage4j.dns.zone;
}
