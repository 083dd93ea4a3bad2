// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.MessageView.Verdict;

import org.junit.jupiter.api.Test;

import java.util.List;

class MessageViewTest {
    private static final DnsName NAME = DnsName.of("www.example.org.");

    private final MessageView view = new MessageView();

    private static Cstruct query() {
        var cookie = new EdnsOption.Cookie(Blob.of(new byte[8]), Blob.EMPTY);
        var edns = new Edns(1232, 1, 0, Edns.DO, List.of(new EdnsOption.Padding(3), cookie));
        return Message.query(4711, NAME, RrType.AAAA, edns).toOctets();
    }

    @Test
    void aQueryIsReadInPlace() {
        assertThat(view.parse(query())).isEqualTo(Verdict.OK);
        assertThat(view.id()).isEqualTo(4711);
        assertThat(view.isResponse()).isFalse();
        assertThat(view.opcode()).isEqualTo(Opcode.QUERY);
        assertThat(view.questionType()).isEqualTo(RrType.AAAA);
        assertThat(view.questionClass()).isEqualTo(RrClass.IN);
        assertThat(view.asksFor(DnsName.of("WWW.example.ORG."))).isTrue();
        assertThat(view.questionHash()).isEqualTo(NAME.hashCode());
        assertThat(view.questionName()).isEqualTo(NAME);
        assertThat(view.udpPayload()).isEqualTo(1232);
        assertThat(view.dnssecOk()).isTrue();
        assertThat(view.rcode()).as("the upper bits are EDNS's").isEqualTo(16);
        assertThat(view.optionLength(view.option(EdnsOption.COOKIE))).isEqualTo(8);
        assertThat(view.option(EdnsOption.NSID)).isEqualTo(-1);
        assertThat(view.tsigOff()).isEqualTo(-1);
    }

    @Test
    void everyMessageThatIsCutShortIsRefused() {
        Cstruct query = query();
        for (int length = 0; length < query.length(); length++) {
            Verdict verdict = view.parse(query.sub(0, length));
            assertThat(verdict).isNotEqualTo(Verdict.OK);
            assertThat(verdict == Verdict.NO_HEADER).isEqualTo(length < 12);
        }
    }

    @Test
    void aSecondOptIsRefusedAndOneAtAnotherName() {
        Cstruct query = query();
        int opt = 12 + NAME.lengthOctets() + 4;
        Cstruct twice = Cstruct.concat(List.of(query, query.sub(opt, query.length() - opt)));
        HeaderWire.putCount(twice, Section.ADDITIONAL, 2);
        assertThat(view.parse(twice)).isEqualTo(Verdict.BAD_OPT);
        HeaderWire.putCount(query, Section.ADDITIONAL, 0);
        HeaderWire.putCount(query, Section.ANSWER, 1);
        assertThat(view.parse(query)).as("in another section").isEqualTo(Verdict.BAD_OPT);
    }

    @Test
    void tsigIsAtTheEndOrNowhere() {
        Rdata tsig = Rdata.of(RrType.TSIG, "hmac-sha256. 1 300 1 AA== 1 NOERROR 0");
        var key = new ResourceRecord(DnsName.of("key."), RrClass.ANY, 0, tsig);
        var a = new ResourceRecord(NAME, RrClass.IN, 0, Rdata.of(RrType.A, "192.0.2.1"));
        assertThat(view.parse(additional(List.of(a, key)))).isEqualTo(Verdict.OK);
        assertThat(view.tsigOff()).isEqualTo(12 + 17 + 10 + 4);
        assertThat(view.parse(additional(List.of(key, a)))).isEqualTo(Verdict.BAD_TSIG);
    }

    private static Cstruct additional(List<ResourceRecord> records) {
        return new Message(1, 0, List.of(), List.of(), List.of(), records, null).toOctets();
    }

    @Test
    void theCursorGoesThroughAllSections() {
        var a = new ResourceRecord(NAME, RrClass.IN, 300, Rdata.of(RrType.A, "192.0.2.1"));
        var ns = new ResourceRecord(NAME, RrClass.IN, 60, Rdata.of(RrType.NS, "ns.example.org."));
        var message = new Message(1, 0, List.of(), List.of(a), List.of(ns), List.of(a), null);
        assertThat(view.parse(message.toOctets())).isEqualTo(Verdict.OK);
        var cursor = new RecordCursor();
        cursor.start(view);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.section()).isEqualTo(Section.ANSWER);
        assertThat(cursor.data()).isEqualTo(a.data());
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.section()).isEqualTo(Section.AUTHORITY);
        assertThat(cursor.ttl()).isEqualTo(60);
        assertThat(cursor.data()).isEqualTo(ns.data());
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.section()).isEqualTo(Section.ADDITIONAL);
        assertThat(cursor.name()).isEqualTo(NAME);
        assertThat(cursor.next()).isFalse();
    }
}
