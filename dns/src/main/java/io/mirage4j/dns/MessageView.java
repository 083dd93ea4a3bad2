// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// A message read in place: one walk tells whether its parts lie within it and where they are, and
/// the rest is read when somebody asks. One view is used again and again, by one thread.
///
/// ```java
/// if (view.parse(datagram) != MessageView.Verdict.OK) drop(view.verdict());
/// Zone zone = zones.find(view.questionHash(), view);
/// ```
///
/// What [#parse] accepts has whole records, at most one OPT and TSIG only at its end; the data of
/// records is not looked into ([Message] does that). Nothing here allocates.
public final class MessageView {
    /// What is wrong with a message. All but the first two are answered with FORMERR.
    public enum Verdict {
        OK,
        /// Less than a header: nothing that could be answered.
        NO_HEADER,
        BAD_QUESTION,
        BAD_NAME,
        /// The message ends before the record does.
        BAD_RECORD,
        /// A second OPT, one outside of the additional section or not at the root, or with options
        /// that do not end where it does.
        BAD_OPT,
        /// TSIG anywhere but at the end.
        BAD_TSIG
    }

    static final int RECORD_HEAD = 10;

    private static final int NONE = -1;

    private ReadOnlyCstruct message = Cstruct.empty();
    private Verdict verdict = Verdict.NO_HEADER;
    private int questionEnd;
    private int recordsOff;
    private int end;
    private int opt;
    private int tsig;

    /// Looks at a message, whose octets must stay as they are while the view is used.
    public Verdict parse(ReadOnlyCstruct message) {
        this.message = message;
        opt = NONE;
        tsig = NONE;
        verdict = message.length() < HeaderWire.LENGTH ? Verdict.NO_HEADER : walk();
        return verdict;
    }

    private Verdict walk() {
        int at = HeaderWire.LENGTH;
        questionEnd = NONE;
        int questions = HeaderWire.count(message, Section.QUESTION);
        for (int i = 0; i < questions; i++) {
            // Nothing precedes the first name that it could point to.
            int name =
                    i == 0 && NameWire.length(message, at) < 0 ? NONE : NameWire.skip(message, at);
            if (name < 0 || name + 4 > message.length()) return Verdict.BAD_QUESTION;
            at = name + 4;
            if (i == 0) {
                questionEnd = at;
            }
        }
        recordsOff = at;
        int others =
                HeaderWire.count(message, Section.ANSWER)
                        + HeaderWire.count(message, Section.AUTHORITY);
        int all = others + HeaderWire.count(message, Section.ADDITIONAL);
        for (int i = 0; i < all; i++) {
            int head = NameWire.skip(message, at);
            if (head < 0) return Verdict.BAD_NAME;
            if (head + RECORD_HEAD > message.length()) return Verdict.BAD_RECORD;
            int next = head + RECORD_HEAD + message.u16be(head + 8);
            if (next > message.length()) return Verdict.BAD_RECORD;
            int type = message.u16be(head);
            if (type == RrType.OPT) {
                if (opt != NONE || i < others || message.u8(at) != 0 || !optionsFit(head, next)) {
                    return Verdict.BAD_OPT;
                }
                opt = head;
            } else if (type == RrType.TSIG) {
                if (i < all - 1 || i < others) return Verdict.BAD_TSIG;
                tsig = at;
            }
            at = next;
        }
        end = at;
        return Verdict.OK;
    }

    private boolean optionsFit(int head, int end) {
        int at = head + RECORD_HEAD;
        while (at < end) {
            if (end - at < 4) return false;
            at += 4 + message.u16be(at + 2);
        }
        return at == end;
    }

    public Verdict verdict() {
        return verdict;
    }

    public ReadOnlyCstruct message() {
        return message;
    }

    public int id() {
        return HeaderWire.id(message);
    }

    /// All sixteen bits of flags, opcode and rcode; see [HeaderWire].
    public int flags() {
        return HeaderWire.flags(message);
    }

    public boolean isResponse() {
        return (flags() & HeaderWire.QR) != 0;
    }

    public int opcode() {
        return HeaderWire.opcode(flags());
    }

    /// With the upper bits that OPT has.
    public int rcode() {
        int upper = opt == NONE ? 0 : message.u8(opt + 4) << 4;
        return upper | HeaderWire.rcode(flags());
    }

    public int count(Section section) {
        return HeaderWire.count(message, section);
    }

    public boolean hasQuestion() {
        return questionEnd != NONE;
    }

    /// Where the name of the first question is; it has its octets there, without pointers to what
    /// comes before, since nothing does.
    public int questionOff() {
        return HeaderWire.LENGTH;
    }

    public int questionType() {
        return message.u16be(questionEnd - 4);
    }

    public int questionClass() {
        return message.u16be(questionEnd - 2);
    }

    /// The hash that an equal [DnsName] has.
    public int questionHash() {
        return NameWire.hash(message, HeaderWire.LENGTH);
    }

    public boolean asksFor(DnsName name) {
        return NameWire.equals(message, HeaderWire.LENGTH, name);
    }

    /// The name asked for, as an object of its own.
    public DnsName questionName() {
        DnsName name = DnsName.read(message, HeaderWire.LENGTH);
        if (name == null) throw new IllegalStateException("no question was parsed");
        return name;
    }

    /// Where the records begin.
    public int recordsOff() {
        return recordsOff;
    }

    /// Where the last record ends; what follows is nobody's.
    public int end() {
        return end;
    }

    public boolean hasEdns() {
        return opt != NONE;
    }

    /// How long a datagram the sender takes; without EDNS 512, which is also the least it can say
    /// (RFC 6891, 6.2.3).
    public int udpPayload() {
        return opt == NONE ? 512 : Math.max(512, message.u16be(opt + 2));
    }

    /// Of EDNS, which must be there.
    public int ednsVersion() {
        return message.u8(opt + 5);
    }

    /// Whether DNSSEC records are wanted.
    public boolean dnssecOk() {
        return opt != NONE && (message.u16be(opt + 6) & Edns.DO) != 0;
    }

    /// Where the data of the first EDNS option `code` begins, or -1. Its length stands in the two
    /// octets in front.
    public int option(int code) {
        if (opt == NONE) return NONE;
        int at = opt + RECORD_HEAD;
        int to = at + message.u16be(opt + 8);
        while (at < to) {
            if (message.u16be(at) == code) return at + 4;
            at += 4 + message.u16be(at + 2);
        }
        return NONE;
    }

    /// The length of the option whose data begins at `off`.
    public int optionLength(int off) {
        return message.u16be(off - 2);
    }

    /// Where the OPT record's fixed part begins, behind the root's octet, or -1.
    int optOff() {
        return opt;
    }

    /// Where the TSIG record begins, or -1: what it signs ends there.
    public int tsigOff() {
        return tsig;
    }
}
