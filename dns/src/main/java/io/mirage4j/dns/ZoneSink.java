// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// Takes what a [ZoneReader] finds, in the order of the file.
public interface ZoneSink {
    /// A record. Records that follow each other with one owner have one object for it.
    ///
    /// @param ttl unsigned
    void record(DnsName owner, int rrClass, int ttl, Rdata data);

    /// A fault. Reading goes on behind it, unless it is fatal.
    void fault(ZoneFault fault);
}
