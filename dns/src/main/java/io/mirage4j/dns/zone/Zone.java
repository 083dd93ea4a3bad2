// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.RecordData;

/// A zone that was found good, as it was at one moment. It never changes, and any number of threads
/// may answer from it: whoever has a newer one puts that in its place.
public final class Zone {
    private final DnsName apex;
    private final int rrClass;
    private final RecordData.Soa soa;
    private final int records;

    final Node top;
    final NodeTable nodes;

    /// The SOA set as negative answers have it (RFC 2308, 3).
    final RrsetImage negativeSoa;

    final Denial denial;

    Zone(
            DnsName apex,
            int rrClass,
            RecordData.Soa soa,
            int records,
            Node top,
            NodeTable nodes,
            RrsetImage negativeSoa,
            Denial denial) {
        this.apex = apex;
        this.rrClass = rrClass;
        this.soa = soa;
        this.records = records;
        this.top = top;
        this.nodes = nodes;
        this.negativeSoa = negativeSoa;
        this.denial = denial;
    }

    public DnsName apex() {
        return apex;
    }

    public int rrClass() {
        return rrClass;
    }

    public RecordData.Soa soa() {
        return soa;
    }

    /// How many records there are.
    public int records() {
        return records;
    }

    public boolean isSigned() {
        return !(denial instanceof NoDenial);
    }
}
