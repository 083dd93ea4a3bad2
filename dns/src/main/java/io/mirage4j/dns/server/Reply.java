// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.Section;
import io.mirage4j.dns.zone.AnswerWriter;

/// The answer to one request while it is written: the question is copied, then come the records of
/// [#records], then [#finish] puts header, OPT and signature. Used by one thread. Nothing here
/// allocates.
final class Reply {
    /// Up to BADVERS, and below the flags that an answer has.
    private static final int RCODE_MASK = 0x1f;

    private static final Section[] SECTIONS = Section.values();
    private static final int COPIED_FLAGS = HeaderWire.RD | HeaderWire.CD;

    private final MessageView query;
    private final EdnsReply edns;
    private final Signature signature;
    private final Counters counters;
    private final AnswerWriter writer = new AnswerWriter();
    private Cstruct out = Cstruct.empty();
    private int most;
    private int questionEnd;
    private long seconds;

    Reply(MessageView query, EdnsReply edns, Signature signature, Counters counters) {
        this.query = query;
        this.edns = edns;
        this.signature = signature;
        this.counters = counters;
    }

    /// Begins an answer of up to `most` octets.
    void start(Cstruct out, int most, long seconds) {
        this.out = out;
        this.most = most;
        this.seconds = seconds;
        questionEnd = HeaderWire.LENGTH;
    }

    Cstruct out() {
        return out;
    }

    int most() {
        return most;
    }

    /// Whether the answer has a question.
    boolean hasQuestion() {
        return questionEnd > HeaderWire.LENGTH;
    }

    /// Where the records of the answer go.
    AnswerWriter records() {
        return writer;
    }

    /// Copies the question: as it came, so that its case comes back too. False if that is none that
    /// a request has (RFC 9619, 4: a query has one question; NOTIFY and UPDATE have one, too).
    boolean putQuestion() {
        int questions = query.count(Section.QUESTION);
        if (query.hasQuestion()) {
            questionEnd = query.recordsOff();
        }
        if (questions > 1) return false;
        query.message()
                .copyTo(HeaderWire.LENGTH, out, HeaderWire.LENGTH, questionEnd - HeaderWire.LENGTH);
        HeaderWire.putId(out, query.id());
        HeaderWire.putCount(out, Section.QUESTION, questions);
        writer.start(out, questionEnd, most - edns.length() - signature.octets());
        return true;
    }

    /// Says why, more exactly (RFC 8914).
    void explain(int info) {
        edns.error(info, most - writer.length() - signature.octets());
    }

    /// Tells when the zone expires, if that was asked.
    void expire(int seconds) {
        edns.expire(query, seconds, most - writer.length() - signature.octets());
    }

    /// Gives an answer of somebody else as it is; SERVFAIL if it is too long.
    int pass(ReadOnlyCstruct answer) {
        if (answer.length() > most) return finish(Rcode.SERVFAIL);
        out.put(0, answer);
        counters.answer(HeaderWire.rcode(HeaderWire.flags(answer)));
        return answer.length();
    }

    /// Who asked may not have that.
    int refusal(int rcode) {
        if (rcode == Rcode.REFUSED) {
            explain(EdnsOption.ExtendedError.PROHIBITED);
        }
        return finish(rcode);
    }

    /// Completes the message, header, counts and OPT, and gives its length.
    int finish(int flagsAndRcode) {
        int rcode = flagsAndRcode & RCODE_MASK;
        int flags = flagsAndRcode & (HeaderWire.AA | HeaderWire.TC);
        counters.answer(rcode);
        putHeader(flags | (rcode & 15));
        writer.putCounts(edns.isThere() ? 1 : 0);
        int length = edns.put(out, writer.length(), rcode >> 4, most - signature.octets());
        // A question and a key of the longest names: no buffer was meant for that.
        if (length + signature.octets() > out.length()) return bare(Rcode.SERVFAIL);
        return signature.sign(out, length, seconds);
    }

    /// A header and nothing else.
    int bare(int rcode) {
        counters.answer(rcode);
        questionEnd = HeaderWire.LENGTH;
        HeaderWire.putId(out, query.id());
        putHeader(rcode);
        for (Section section : SECTIONS) HeaderWire.putCount(out, section, 0);
        return HeaderWire.LENGTH;
    }

    private void putHeader(int flagsAndRcode) {
        HeaderWire.putFlags(
                out,
                HeaderWire.QR
                        | HeaderWire.opcodeBits(query.opcode())
                        | (query.flags() & COPIED_FLAGS)
                        | flagsAndRcode);
    }

    /// Makes of the answer that is there one with the question alone, that is cut off (RFC 2181,
    /// 9).
    int cutOff() {
        HeaderWire.putFlags(out, (HeaderWire.flags(out) & ~HeaderWire.AA) | HeaderWire.TC);
        writer.start(out, questionEnd, most);
        writer.putCounts(0);
        return questionEnd;
    }
}
