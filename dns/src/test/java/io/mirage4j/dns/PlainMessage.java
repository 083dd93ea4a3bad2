// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;

import java.util.List;

/// Messages without compression, written the plainest way: what the writer is compared with.
final class PlainMessage {
    static Cstruct emit(Message message) {
        var out = new Octets();
        out.u16(message.id());
        out.u16(message.flags());
        out.u16(message.questions().size());
        out.u16(message.answers().size());
        out.u16(message.authorities().size());
        out.u16(message.additionals().size() + (message.edns() == null ? 0 : 1));
        for (Question question : message.questions()) {
            out.name(question.name());
            out.u16(question.type());
            out.u16(question.rrClass());
        }
        for (var records :
                List.of(message.answers(), message.authorities(), message.additionals())) {
            for (ResourceRecord record : records) {
                if (record.type() == RrType.TSIG) {
                    opt(message, out);
                }
                record(record, out);
            }
        }
        boolean signed =
                !message.additionals().isEmpty()
                        && message.additionals().getLast().type() == RrType.TSIG;
        if (!signed) {
            opt(message, out);
        }
        return Cstruct.of(out.toByteArray());
    }

    static Cstruct octets(ResourceRecord record) {
        var out = new Octets();
        record(record, out);
        return Cstruct.of(out.toByteArray());
    }

    private static void record(ResourceRecord record, Octets out) {
        out.name(record.name());
        out.u16(record.type());
        out.u16(record.rrClass());
        out.u32(Integer.toUnsignedLong(record.ttl()));
        out.u16(record.data().lengthOctets());
        out.bytes(record.data().toByteArray());
    }

    private static void opt(Message message, Octets out) {
        Edns edns = message.edns();
        if (edns == null) return;
        out.u8(0);
        out.u16(RrType.OPT);
        out.u16(edns.udpPayload());
        out.u8(edns.extendedRcode());
        out.u8(edns.version());
        out.u16(edns.flags());
        var options = new Octets();
        for (EdnsOption option : edns.options()) {
            options.u16(option.code());
            options.u16(option.data().length);
            options.bytes(option.data());
        }
        out.u16(options.length());
        out.bytes(options.toByteArray());
    }

    private PlainMessage() {}
}
