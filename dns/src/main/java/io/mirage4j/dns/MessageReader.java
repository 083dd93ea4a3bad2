// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Makes the value of a message that a view has accepted.
final class MessageReader {
    private final MessageView view;
    private final ReadOnlyCstruct message;
    private final Octets scratch = new Octets();
    private final List<Question> questions = new ArrayList<>();
    private final List<ResourceRecord> answers = new ArrayList<>();
    private final List<ResourceRecord> authorities = new ArrayList<>();
    private final List<ResourceRecord> additionals = new ArrayList<>();
    private int expanded;

    /// The name read last: a set's records have the same one, and mostly the same pointer to it.
    private @Nullable DnsName lastName;

    MessageReader(MessageView view) {
        this.view = view;
        this.message = view.message();
    }

    Parsed<Message> read() {
        int at = HeaderWire.LENGTH;
        for (int i = 0; i < view.count(Section.QUESTION); i++) {
            DnsName name = name(at);
            if (name == null) return new Parsed.Malformed<>("bad name in question", at);
            at = NameWire.skip(message, at);
            questions.add(new Question(name, message.u16be(at), message.u16be(at + 2)));
            at += 4;
        }
        var cursor = new RecordCursor();
        cursor.start(view);
        while (cursor.next()) {
            if (cursor.type() == RrType.OPT) continue;
            String fault = record(cursor);
            if (fault != null) return new Parsed.Malformed<>(fault, cursor.nameOff());
            if (expanded > Message.MAX_EXPANDED_OCTETS) {
                return new Parsed.Malformed<>(
                        "expands to more than " + Message.MAX_EXPANDED_OCTETS + " octets",
                        cursor.nameOff());
            }
        }
        Edns edns = null;
        if (view.hasEdns()) {
            edns = Edns.read(message, view.optOff());
            if (edns == null) return new Parsed.Malformed<>("bad EDNS option", view.optOff());
        }
        return new Parsed.Value<>(
                new Message(
                        view.id(),
                        view.flags(),
                        questions,
                        answers,
                        authorities,
                        additionals,
                        edns));
    }

    /// Adds the record at hand, or tells what is wrong with it.
    private @Nullable String record(RecordCursor cursor) {
        DnsName name = name(cursor.nameOff());
        if (name == null) return "bad name of record";
        Rdata data = data(cursor);
        if (data == null) return "bad data of " + RrType.name(cursor.type());
        expanded += name.lengthOctets() + data.lengthOctets();
        records(cursor.section())
                .add(new ResourceRecord(name, cursor.rrClass(), cursor.ttl(), data));
        return null;
    }

    private @Nullable DnsName name(int off) {
        DnsName last = lastName;
        if (last != null && NameWire.equals(message, off, last)) return last;
        lastName = DnsName.read(message, off);
        return lastName;
    }

    private @Nullable Rdata data(RecordCursor cursor) {
        int rrClass = cursor.rrClass();
        int length = cursor.dataLength();
        // RFC 2136, 2.4 and 2.5: conditions and deletions have no data.
        if (length == 0 && (rrClass == RrClass.ANY || rrClass == RrClass.NONE)) {
            return Rdata.empty(cursor.type());
        }
        return Rdata.read(message, cursor.dataOff(), length, cursor.type(), scratch);
    }

    private List<ResourceRecord> records(Section section) {
        return switch (section) {
            case ANSWER -> answers;
            case AUTHORITY -> authorities;
            case ADDITIONAL, QUESTION -> additionals;
        };
    }
}
