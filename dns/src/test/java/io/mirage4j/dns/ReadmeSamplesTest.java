// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.memory.MemoryKv;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The samples of the README, word for word.
class ReadmeSamplesTest {
    private final List<Ipv6Address> connected = new ArrayList<>();
    private final MessageView view = new MessageView();
    private final MessageWriter writer = new MessageWriter();

    @Test
    void aQuestionIsAskedAndItsAnswerRead() {
        DnsName name = DnsName.of("www.example.org.");
        Cstruct query = Message.query(4711, name, RrType.AAAA, Edns.of(1232, true)).toOctets();
        Message answer = Message.parse(exchange(query)).orThrow();
        for (ResourceRecord record : answer.answers()) {
            if (record.data().value() instanceof RecordData.Aaaa(Ipv6Address address))
                connect(address);
        }

        assertThat(connected).containsExactly(Ipv6Address.of("2001:db8::1"));
    }

    private void connect(Ipv6Address address) {
        connected.add(address);
    }

    private Cstruct exchange(Cstruct query) {
        Cstruct buf = Cstruct.create(1232);
        DnsName apex = DnsName.of("www.example.org.");
        return buf.sub(0, answer(query, buf, apex, Rdata.of(RrType.AAAA, "2001:db8::1")));
    }

    private int answer(Cstruct datagram, Cstruct buf, DnsName apex, Rdata address) {
        if (view.parse(datagram) != MessageView.Verdict.OK) return 0;
        writer.start(buf, view.udpPayload());
        writer.header(view.id(), HeaderWire.QR | HeaderWire.AA);
        writer.question(view);
        if (view.asksFor(apex)) writer.record(Section.ANSWER, apex, RrClass.IN, 300, address);
        return writer.finish();
    }

    @Test
    void aZoneFileIsRead() throws IOException {
        var files = new MemoryKv();
        files.put("example.org.zone", "$TTL 1h\n@ A 192.0.2.1\n");
        var zone = new ZonePrinter(); // or a ZoneSink of yours
        new ZoneReader(files, ZoneRules.STANDARD)
                .read("example.org.zone", DnsName.of("example.org."), zone);
        zone.faults().forEach(System.out::println); // example.org.zone:7:12: not an IPv4 address
        String canonical = zone.emit().text(StandardCharsets.US_ASCII);
        assertThat(canonical).isEqualTo("example.org.\t3600\tIN\tA\t192.0.2.1\n");
    }
}
