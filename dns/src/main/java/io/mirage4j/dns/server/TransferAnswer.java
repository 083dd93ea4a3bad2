// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.MessageWriter;
import io.mirage4j.dns.RecordCursor;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.Section;
import io.mirage4j.dns.transfer.TransferWriter;
import io.mirage4j.dns.zone.Zone;

import org.jspecify.annotations.Nullable;

/// The messages that answer one request for a transfer.
final class TransferAnswer {
    /// Names are found again in the first 16 KiB of a message (RFC 1035, 4.1.4), so one that is
    /// much longer saves nothing.
    private static final int USUAL_OCTETS = 20_000;

    private final MessageView query;
    private final EdnsReply edns;
    private final Signature signature;
    private final MessageWriter writer = new MessageWriter();
    private TransferWriter records;
    private boolean first = true;

    TransferAnswer(MessageView query, EdnsReply edns, Signature signature, TransferWriter records) {
        this.query = query;
        this.edns = edns;
        this.signature = signature;
        this.records = records;
        writer.keepCase();
    }

    /// The version that an incremental transfer is asked from (RFC 1995, 3); null if none is told.
    static @Nullable Integer serial(MessageView query) {
        return serial(query, Section.AUTHORITY);
    }

    /// The version that is new (RFC 1996, 3.7); null if none is told.
    static @Nullable Integer notifiedSerial(MessageView query) {
        return serial(query, Section.ANSWER);
    }

    private static @Nullable Integer serial(MessageView query, Section section) {
        var cursor = new RecordCursor();
        cursor.start(query);
        while (cursor.next()) {
            if (cursor.section() != section || cursor.type() != RrType.SOA) continue;
            var data = cursor.data();
            if (data != null && data.value() instanceof RecordData.Soa soa) return soa.serial();
        }
        return null;
    }

    boolean isDone() {
        return records.isDone();
    }

    /// The one message of a datagram: what fits, or that it does not (RFC 1995, 2).
    int datagram(Cstruct out, int most, Zone zone, long seconds) {
        int length = next(out, most, seconds);
        if (records.isDone()) return length;
        first = true;
        records = TransferWriter.soaOnly(zone);
        return next(out, most, seconds);
    }

    /// The next message of a stream; 0 if the next record is longer than any.
    int next(Cstruct out, long seconds) {
        int usual = Math.min(USUAL_OCTETS, out.length());
        int length = next(out, usual, seconds);
        return length > 0
                ? length
                : next(out, Math.min(out.length(), Responder.MAX_OCTETS), seconds);
    }

    private int next(Cstruct out, int most, long seconds) {
        int opt = first ? edns.length() : 0;
        writer.start(out, most);
        writer.reserve(opt + signature.octets());
        int flags = HeaderWire.QR | HeaderWire.AA | (query.flags() & HeaderWire.RD);
        writer.header(query.id(), flags);
        writer.question(query);
        if (!records.fill(writer)) return 0;
        int length = writer.finish();
        if (opt > 0) {
            HeaderWire.putCount(out, Section.ADDITIONAL, 1);
            length = edns.put(out, length, 0, most - signature.octets());
        }
        first = false;
        return signature.sign(out, length, seconds);
    }
}
