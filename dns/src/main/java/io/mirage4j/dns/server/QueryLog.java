// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.zone.QueryName;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The last questions and how they were answered, so many and no more: what nobody takes in time is
/// overwritten and counted. Any thread may use it. Noting a question copies its name into place and
/// allocates nothing.
public final class QueryLog {
    private static final class Entry {
        final byte[] name = new byte[DnsName.MAX_OCTETS];
        IpAddress client = Ipv4Address.UNSPECIFIED;
        long seconds;
        boolean stream;
        int type;
        int rcode;
        int length;
    }

    private final Entry[] ring;
    private long added;
    private long taken;
    private long lost;

    /// @param size how many questions are kept
    public QueryLog(int size) {
        ring = new Entry[size];
        for (int i = 0; i < size; i++) ring[i] = new Entry();
    }

    synchronized void add(
            long seconds,
            IpAddress client,
            boolean stream,
            QueryName name,
            int type,
            int rcode,
            int length) {
        if (added - taken == ring.length) {
            taken++;
            lost++;
        }
        Entry entry = ring[(int) (added++ % ring.length)];
        entry.seconds = seconds;
        entry.client = client;
        entry.stream = stream;
        entry.type = type;
        entry.rcode = rcode;
        entry.length = length;
        name.copyTo(entry.name);
    }

    /// What was noted since the last time, a line each: `2026-01-01T00:00:00Z 192.0.2.1 udp
    /// www.example.org. AAAA NOERROR 93`.
    public synchronized List<String> take() {
        List<String> lines = new ArrayList<>();
        for (; taken < added; taken++) lines.add(line(ring[(int) (taken % ring.length)]));
        return lines;
    }

    /// How many were overwritten before somebody took them.
    public synchronized long lost() {
        return lost;
    }

    private static String line(Entry entry) {
        var name = new QueryName();
        name.set(entry.name);
        return "%s %s %s %s %s %s %d"
                .formatted(
                        Instant.ofEpochSecond(entry.seconds),
                        entry.client,
                        entry.stream ? "tcp" : "udp",
                        name.name(),
                        RrType.name(entry.type),
                        Rcode.name(entry.rcode),
                        entry.length);
    }
}
