// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.benchmarks.harness.Allocation;
import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.update.Update;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.ZoneChange;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.memory.MemoryKv;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Queries answered in memory, from octets to octets, in thread CPU time; and a zone loaded,
/// checked and laid out.
final class DnsServerRows {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int NAMES = 10_000;
    private static final int LOADED_RECORDS = 1_000_000;
    private static final int QUERIES = 4096;
    private static final int TURNS = 400_000;
    private static final int UPDATES = 2000;
    private static final DnsName ORIGIN = DnsName.of("example.org.");
    private static final IpAddress CLIENT = IpAddress.of("192.0.2.1");

    private static final String APEX =
            "$TTL 3600\n@ SOA ns1 admin 1 7200 3600 1209600 300\n@ NS ns1\nns1 A 192.0.2.1\n";

    /// SHA-1 of `example.org.` without salt or iterations.
    private static final String APEX_HASH = "8UM1KJCJMOFVVMQ7CB0OP7JT39LG8R9J";

    static List<Row> rows() {
        return List.of(
                Row.value("dns", "answer", "ns", 350, () -> nanos(answers())),
                Row.value("dns", "answer-allocation", "octets", 0, () -> octets(answers())),
                Row.value("dns", "server-thread-allocation", "octets", 0, DnsServerRows::allocated),
                Row.value("dns", "nxdomain-nsec3", "ns", 1000, () -> nanos(denials())),
                Row.value("dns", "nxdomain-nsec3-allocation", "octets", 0, () -> octets(denials())),
                Row.value("dns", "zone-load", "ns/record", 1000, DnsServerRows::loadNanos),
                Row.value("dns", "zone-update", "us", 1000, DnsServerRows::updateMicros));
    }

    private static double octets(Body body) throws Exception {
        return Allocation.octetsPerTurn(body);
    }

    private static Body answers() throws IOException {
        return body(hosts(), queries());
    }

    /// What the thread of a server allocates for a query, from datagram to datagram.
    private static double allocated() throws Exception {
        try (var server = new DnsServer(ServerOptions.of(1, 2), new HostClock())) {
            server.zones(Zones.of(hosts()));
            var port = new QueryPort(queries().toArray(new ReadOnlyCstruct[0]));
            server.serve(port);
            return port.octetsPerQuery();
        }
    }

    /// An A record at each of 10,000 names.
    private static Zone hosts() throws IOException {
        var text = new StringBuilder(APEX);
        for (int host = 0; host < NAMES; host++) {
            text.append("host%d A 192.0.2.%d%n".formatted(host, host % 256));
        }
        return load(text);
    }

    /// For some of them, without DNSSEC.
    private static List<ReadOnlyCstruct> queries() {
        List<ReadOnlyCstruct> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            queries.add(query("host" + i * 7 % NAMES, Edns.of(1232, false)));
        }
        return queries;
    }

    /// Names that are not there, in a zone with a chain of NSEC3 whose signatures have the length
    /// of ECDSA's. What they sign nobody looks at here.
    private static Body denials() throws IOException {
        var text = new StringBuilder(APEX);
        text.append("@ NSEC3PARAM 1 0 0 -\n");
        String signature = "A".repeat(86) + "==";
        text.append("@ RRSIG SOA 13 2 3600 20450101000000 20250101000000 1 example.org. ");
        text.append(signature).append('\n');
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
        for (int i = 0; i < NAMES; i++) {
            text.append("host%d A 192.0.2.%d%n".formatted(i, i % 256));
            // Evenly spread; the apex's own hash, which the proof needs, is among them.
            String label = i == 0 ? APEX_HASH : label(digits, i);
            text.append(label)
                    .append(" NSEC3 1 0 0 - ")
                    .append(label(digits, i + 1))
                    .append(" A\n");
            text.append(label).append(" RRSIG NSEC3 13 3 300 20450101000000 20250101000000 1 ");
            text.append("example.org. ").append(signature).append('\n');
        }
        List<ReadOnlyCstruct> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) queries.add(query("no" + i, Edns.of(4096, true)));
        return body(load(text), queries);
    }

    private static String label(String digits, int i) {
        long spread = i * 0x9e3779b97f4a7c15L;
        var label = new StringBuilder();
        for (int digit = 0; digit < 12; digit++) {
            label.append(digits.charAt((int) (spread >>> (59 - 5 * digit)) & 31));
        }
        return label + "0".repeat(20);
    }

    private static ReadOnlyCstruct query(String host, Edns edns) {
        DnsName name = DnsName.of(host + ".example.org.");
        return Message.query(4711, name, RrType.A, edns).toOctets().readOnly();
    }

    private static Body body(Zone zone, List<ReadOnlyCstruct> queries) {
        var responder = new Responder(ServerOptions.of(1, 2));
        responder.zones(Zones.of(zone));
        ReadOnlyCstruct[] each = queries.toArray(new ReadOnlyCstruct[0]);
        Cstruct answer = Cstruct.create(Responder.MAX_OCTETS);
        return times -> {
            long total = 0;
            for (int turn = 0; turn < times; turn++) {
                total += responder.datagram(each[turn % each.length], CLIENT, answer, 0, 0);
            }
            return total;
        };
    }

    /// The median of nine runs, after three to warm up.
    private static double nanos(Body body) throws Exception {
        List<Double> nanos = new ArrayList<>();
        for (int run = 0; run < 12; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            run(body);
            long end = THREADS.getCurrentThreadCpuTime();
            if (run >= 3) {
                nanos.add((double) (end - start) / TURNS);
            }
        }
        return median(nanos);
    }

    private static void run(Body body) throws Exception {
        try {
            if (body.run(TURNS) <= 0) throw new AssertionError("nothing was answered");
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// The median of five loads, after one to warm up.
    private static double loadNanos() throws IOException {
        var text = new StringBuilder(APEX);
        for (int host = 0; host < LOADED_RECORDS / 2; host++) {
            text.append("host%d A 192.0.2.%d%n".formatted(host, host % 256));
            text.append("\tAAAA 2001:db8::%x%n".formatted(host % 65_536));
        }
        byte[] octets = text.toString().getBytes(StandardCharsets.US_ASCII);
        List<Double> nanos = new ArrayList<>();
        for (int run = 0; run < 6; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            Zone zone = load(octets);
            long end = THREADS.getCurrentThreadCpuTime();
            if (run > 0) {
                nanos.add((double) (end - start) / zone.records());
            }
        }
        return median(nanos);
    }

    /// An update that adds a record to a zone of a million, from the message to the next version.
    private static double updateMicros() throws IOException {
        var text = new StringBuilder(APEX);
        for (int host = 0; host < LOADED_RECORDS; host++) {
            text.append("host%d A 192.0.2.%d%n".formatted(host, host % 256));
        }
        Zone zone = load(text);
        List<Double> micros = new ArrayList<>();
        for (int update = 0; update < UPDATES; update++) {
            ResourceRecord added =
                    ResourceRecord.parse("new" + update + " A 192.0.2.1", ORIGIN, ORIGIN, 60)
                            .orThrow();
            var request =
                    new Message(
                            1,
                            HeaderWire.opcodeBits(Opcode.UPDATE),
                            List.of(new Question(ORIGIN, RrType.SOA, RrClass.IN)),
                            List.of(),
                            List.of(added),
                            List.of(),
                            null);
            long start = THREADS.getCurrentThreadCpuTime();
            ZoneChange change = Objects.requireNonNull(Update.of(request, zone).change());
            zone =
                    switch (ZoneBuilder.next(zone, List.of(change))) {
                        case ZoneBuilder.Good(Zone next, var warnings) -> next;
                        case ZoneBuilder.Bad(var faults) -> throw new AssertionError(faults);
                    };
            micros.add((THREADS.getCurrentThreadCpuTime() - start) / 1e3);
        }
        return median(micros);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static Zone load(StringBuilder text) throws IOException {
        return load(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static Zone load(byte[] octets) throws IOException {
        var files = new MemoryKv();
        files.put("zone", Cstruct.of(octets).readOnly(), Instant.EPOCH);
        return switch (ZoneBuilder.read(files, "zone", ORIGIN)) {
            case ZoneBuilder.Good(Zone zone, var warnings) -> zone;
            case ZoneBuilder.Bad(var faults) -> throw new AssertionError(faults.getFirst());
        };
    }

    private DnsServerRows() {}
}
