// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Prints zones in one form: a record a line, names absolute, TTL and class always there, and in
/// canonical order (RFC 4034, 6) with the SOA record first. Two zones of the same records print the
/// same text, if the case of their names is the same.
public final class ZonePrinter implements ZoneSink {
    private static final Comparator<ResourceRecord> ORDER =
            Comparator.comparing(ResourceRecord::name)
                    .thenComparingInt(record -> record.type() == RrType.SOA ? 0 : 1)
                    .thenComparingInt(ResourceRecord::type)
                    .thenComparing(ResourceRecord::data);

    private final List<ResourceRecord> records = new ArrayList<>();
    private final List<ZoneFault> faults = new ArrayList<>();

    @Override
    public void record(DnsName owner, int rrClass, int ttl, Rdata data) {
        records.add(new ResourceRecord(owner, rrClass, ttl, data));
    }

    @Override
    public void fault(ZoneFault fault) {
        faults.add(fault);
    }

    /// What was wrong, and so is not printed.
    public List<ZoneFault> faults() {
        return List.copyOf(faults);
    }

    /// The records in canonical order.
    public List<ResourceRecord> records() {
        return records.stream().sorted(ORDER).toList();
    }

    /// The text of a zone file.
    public ReadOnlyCstruct emit() {
        var out = new TextOut();
        for (ResourceRecord record : records()) {
            record.print(out);
            out.ch('\n');
        }
        return Cstruct.of(out.array(), 0, out.length()).readOnly();
    }
}
