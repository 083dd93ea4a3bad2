// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A message as a value: off the hot path, and where its records are wanted one by one.
///
/// OPT is not among the additional records; what it says is in `edns`.
///
/// @param flags the sixteen bits of flags, opcode and rcode; see [HeaderWire]
/// @param edns null without EDNS
public record Message(
        int id,
        int flags,
        List<Question> questions,
        List<ResourceRecord> answers,
        List<ResourceRecord> authorities,
        List<ResourceRecord> additionals,
        @Nullable Edns edns) {

    public static final int MAX_OCTETS = 0xffff;

    /// What a message may grow to when its names are written out. A message of records with long
    /// names, as transfers have them, stays far below it.
    public static final int MAX_EXPANDED_OCTETS = 1 << 20;

    public Message {
        if ((id | flags) >>> 16 != 0) {
            throw new IllegalArgumentException("id " + id + ", flags " + flags + ": > 16 bits");
        }
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        authorities = List.copyOf(authorities);
        additionals = List.copyOf(additionals);
    }

    /// A question that wants a recursive answer.
    public static Message query(int id, DnsName name, int type, @Nullable Edns edns) {
        return new Message(
                id,
                HeaderWire.RD,
                List.of(new Question(name, type, RrClass.IN)),
                List.of(),
                List.of(),
                List.of(),
                edns);
    }

    /// Reads the octets of a whole message. Octets behind its last record are ignored.
    public static Parsed<Message> parse(ReadOnlyCstruct octets) {
        var view = new MessageView();
        MessageView.Verdict verdict = view.parse(octets);
        if (verdict != MessageView.Verdict.OK) {
            return new Parsed.Malformed<>(String.valueOf(verdict), 0);
        }
        return new MessageReader(view).read();
    }

    public boolean isResponse() {
        return (flags & HeaderWire.QR) != 0;
    }

    public int opcode() {
        return HeaderWire.opcode(flags);
    }

    /// With the upper bits of EDNS.
    public int rcode() {
        return HeaderWire.rcode(flags) | (edns == null ? 0 : edns.extendedRcode() << 4);
    }

    public boolean is(int flag) {
        return (flags & flag) != 0;
    }

    /// The records of a section other than the questions.
    public List<ResourceRecord> records(Section section) {
        return switch (section) {
            case QUESTION -> throw new IllegalArgumentException("questions are no records");
            case ANSWER -> answers;
            case AUTHORITY -> authorities;
            case ADDITIONAL -> additionals;
        };
    }

    /// Writes the message, compressed, and tells its length; -1 if `limit` octets do not hold it.
    /// TSIG, which must come last, comes behind OPT.
    public int emit(MessageWriter writer, Cstruct buf, int limit) {
        writer.start(buf, limit);
        writer.header(id, flags);
        for (Question one : questions) {
            if (!writer.question(one.name(), one.type(), one.rrClass())) return -1;
        }
        for (ResourceRecord one : answers) if (!writer.record(Section.ANSWER, one)) return -1;
        for (ResourceRecord one : authorities)
            if (!writer.record(Section.AUTHORITY, one)) return -1;
        boolean ednsLeft = edns != null;
        for (ResourceRecord one : additionals) {
            if (ednsLeft && edns != null && one.type() == RrType.TSIG) {
                if (!writer.edns(edns)) return -1;
                ednsLeft = false;
            }
            if (!writer.record(Section.ADDITIONAL, one)) return -1;
        }
        if (ednsLeft && edns != null && !writer.edns(edns)) return -1;
        return writer.finish();
    }

    /// The octets of the message, compressed.
    ///
    /// @throws IllegalStateException if they are more than a message can have
    public Cstruct toOctets() {
        Cstruct buf = Cstruct.create(MAX_OCTETS);
        int length = emit(new MessageWriter(), buf, MAX_OCTETS);
        if (length < 0) throw new IllegalStateException("message > " + MAX_OCTETS + " octets");
        return Cstruct.of(buf.toByteArray(0, length));
    }

    /// In the manner of `dig`.
    @Override
    public String toString() {
        var out = new StringBuilder();
        out.append(";; ").append(Opcode.name(opcode())).append(", ").append(Rcode.name(rcode()));
        out.append(", id ").append(id);
        flag(out, HeaderWire.QR, "qr");
        flag(out, HeaderWire.AA, "aa");
        flag(out, HeaderWire.TC, "tc");
        flag(out, HeaderWire.RD, "rd");
        flag(out, HeaderWire.RA, "ra");
        flag(out, HeaderWire.AD, "ad");
        flag(out, HeaderWire.CD, "cd");
        if (edns != null) {
            out.append("\n;; ").append(edns);
        }
        for (Question question : questions) out.append("\n;").append(question);
        records(out, "answer", answers);
        records(out, "authority", authorities);
        records(out, "additional", additionals);
        return out.toString();
    }

    private void flag(StringBuilder out, int flag, String name) {
        if (is(flag)) {
            out.append(' ').append(name);
        }
    }

    private static void records(StringBuilder out, String name, List<ResourceRecord> records) {
        if (!records.isEmpty()) {
            out.append("\n;; ").append(name);
        }
        for (ResourceRecord record : records) out.append('\n').append(record);
    }
}
