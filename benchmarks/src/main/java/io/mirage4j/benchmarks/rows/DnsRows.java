// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;

import io.mirage4j.benchmarks.harness.Allocation;
import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.MessageWriter;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.RecordCursor;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.ZoneFault;
import io.mirage4j.dns.ZoneReader;
import io.mirage4j.dns.ZoneRules;
import io.mirage4j.dns.ZoneSink;
import io.mirage4j.platform.memory.MemoryKv;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A response of 149 octets, with seven records in three sections, read and written. A turn reads
/// it and sums up its id and the type and TTL of each record.
final class DnsRows {
    private static final int LENGTH = 149;
    private static final int ZONE_RECORDS = 1_000_000;

    static List<Row> rows() {
        return List.of(
                compared("dns", "view-149", "ldns", 0.2, () -> new Pair<>(view(), ldns())),
                compared("dns", "view-149", "dnsjava", 0.2, () -> new Pair<>(view(), dnsjava())),
                compared("dns", "message-149", "ldns", 1, () -> new Pair<>(message(), ldns())),
                compared(
                        "dns", "message-149", "dnsjava", 1, () -> new Pair<>(message(), dnsjava())),
                compared("dns", "write-149", "dnsjava", 0.5, DnsRows::writers),
                Row.value("dns", "view-149-allocation", "octets", 0, () -> octets(view())),
                Row.value("dns", "write-149-allocation", "octets", 0, () -> octets(writer())),
                Row.value("dns", "zone-read", "ns/record", 1000, DnsRows::nanosPerRecord));
    }

    private static Message response() {
        DnsName www = DnsName.of("www.example.org.");
        DnsName zone = DnsName.of("example.org.");
        DnsName ns1 = DnsName.of("ns1.example.org.");
        DnsName ns2 = DnsName.of("ns2.example.org.");
        return new Message(
                4711,
                HeaderWire.QR | HeaderWire.AA,
                List.of(new Question(www, RrType.A, RrClass.IN)),
                List.of(record(www, RrType.A, "192.0.2.1"), record(www, RrType.A, "192.0.2.2")),
                List.of(
                        record(zone, RrType.NS, "ns1.example.org."),
                        record(zone, RrType.NS, "ns2.example.org.")),
                List.of(
                        record(ns1, RrType.A, "192.0.2.3"),
                        record(ns2, RrType.A, "192.0.2.4"),
                        record(ns2, RrType.A, "192.0.2.5")),
                null);
    }

    private static ResourceRecord record(DnsName name, int type, String data) {
        return new ResourceRecord(name, RrClass.IN, 3600, Rdata.of(type, data));
    }

    private static Cstruct octets() {
        Cstruct octets = response().toOctets();
        if (octets.length() != LENGTH) throw new AssertionError("octets: " + octets.length());
        return octets;
    }

    private static Body view() {
        Cstruct octets = octets();
        var view = new MessageView();
        var cursor = new RecordCursor();
        return times -> {
            long total = 0;
            for (int turn = 0; turn < times; turn++) {
                if (view.parse(octets) != MessageView.Verdict.OK) continue;
                total += view.id();
                cursor.start(view);
                while (cursor.next()) total += cursor.type() + cursor.ttl();
            }
            return total;
        };
    }

    private static Body message() {
        Cstruct octets = octets();
        return times -> {
            long total = 0;
            for (int turn = 0; turn < times; turn++) {
                Message message = Message.parse(octets).orThrow();
                total += message.id();
                for (ResourceRecord record : message.answers()) total += number(record);
                for (ResourceRecord record : message.authorities()) total += number(record);
                for (ResourceRecord record : message.additionals()) total += number(record);
            }
            return total;
        };
    }

    private static long number(ResourceRecord record) {
        return (long) record.type() + record.ttl();
    }

    private static Body ldns() throws Exception {
        MemorySegment message = Arena.global().allocate(LENGTH);
        Cstruct.of(message).put(0, octets());
        return CLibrary.of("dns.c").body("parse_ldns", message, (long) LENGTH);
    }

    private static Body dnsjava() {
        byte[] octets = octets().toByteArray();
        return times -> {
            long total = 0;
            for (int turn = 0; turn < times; turn++) {
                var message = new org.xbill.DNS.Message(octets);
                total += message.getHeader().getID();
                for (int section = 1; section <= 3; section++) {
                    for (var record : message.getSection(section)) {
                        total += record.getType() + record.getTTL();
                    }
                }
            }
            return total;
        };
    }

    private static Body writer() {
        Message response = response();
        var writer = new MessageWriter();
        Cstruct buf = Cstruct.create(512);
        return times -> {
            long total = 0;
            for (int turn = 0; turn < times; turn++) total += response.emit(writer, buf, 512);
            return total;
        };
    }

    private static Pair<Body> writers() throws Exception {
        var theirs = new org.xbill.DNS.Message(octets().toByteArray());
        return new Pair<>(
                writer(),
                times -> {
                    long total = 0;
                    for (int turn = 0; turn < times; turn++) total += theirs.toWire().length;
                    return total;
                });
    }

    private static double octets(Body body) throws Exception {
        return Allocation.octetsPerTurn(body);
    }

    /// The median of seven readings of a zone, after one to warm up.
    private static double nanosPerRecord() {
        ReadOnlyCstruct zone = ReadOnlyCstruct.of(zone());
        List<Double> nanos = new ArrayList<>();
        for (int run = 0; run < 8; run++) {
            var counter = new Counter();
            long start = System.nanoTime();
            new ZoneReader(new MemoryKv(), ZoneRules.STANDARD)
                    .readText("zone", zone, DnsName.of("example.org."), counter);
            if (run > 0) {
                nanos.add((double) (System.nanoTime() - start) / counter.records);
            }
        }
        return nanos.stream().sorted().toList().get(nanos.size() / 2);
    }

    private static String zone() {
        var zone = new StringBuilder("$TTL 3600\n@ SOA ns1 admin 1 7200 3600 1209600 300\n");
        for (int host = 0; host < ZONE_RECORDS / 5; host++) {
            zone.append("host%d IN A 192.0.2.%d%n".formatted(host, host % 256));
            zone.append("\tIN AAAA 2001:db8::%x%n".formatted(host % 65_536));
            zone.append("m%d 300 IN MX 10 mail%d.example.net.%n".formatted(host, host % 100));
            zone.append("t%d TXT \"v=spf1 include:_spf.example.com ~all\"%n".formatted(host));
            zone.append("c%d IN CNAME host%d%n".formatted(host, host));
        }
        return zone.toString();
    }

    private static final class Counter implements ZoneSink {
        private int records;

        @Override
        public void record(DnsName owner, int rrClass, int ttl, Rdata data) {
            records++;
        }

        @Override
        public void fault(ZoneFault fault) {
            throw new AssertionError(fault);
        }
    }

    private DnsRows() {}
}
