// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.NameWire;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.Section;
import io.mirage4j.dns.zone.AnswerWriter;
import io.mirage4j.dns.zone.Lookup;
import io.mirage4j.dns.zone.QueryName;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.SipHash;

import org.jspecify.annotations.Nullable;

/// Answers requests from zones. Whatever the octets are, it does not throw, and what it gives back
/// is what the standards ask for: an answer, FORMERR, NOTIMP, REFUSED, BADVERS, or nothing.
///
/// ```java
/// responder.zones(Zones.of(zone));
/// int length = responder.datagram(query, client, answer, clock.wallNanos(), clock.nanoTime());
/// if (length > 0) send(answer.sub(0, length));
/// ```
///
/// One responder is used by one thread; zones are given to it between two requests. Nothing here
/// allocates for a query without TSIG that is in one of them.
public final class Responder {
    /// An answer takes so many octets at most.
    public static final int MAX_OCTETS = 65_535;

    private static final long SECOND = 1_000_000_000;

    /// Up to BADVERS, and below the flags that an answer has.
    private static final int RCODE_MASK = 0x1f;

    private static final int NOT_READY = EdnsOption.ExtendedError.NOT_READY;
    private static final int NOT_AUTHORITATIVE = EdnsOption.ExtendedError.NOT_AUTHORITATIVE;

    private static final Section[] SECTIONS = Section.values();
    private static final int COPIED_FLAGS = HeaderWire.RD | HeaderWire.CD;

    private final MessageView query = new MessageView();
    private final QueryName name = new QueryName();
    private final AnswerWriter writer = new AnswerWriter();
    private final Lookup lookup = new Lookup();
    private final Counters counters = new Counters();
    private final ServerOptions options;
    private final ServerCookies cookies;
    private final EdnsReply edns;
    private final RateLimit limit;
    private final SipHash limitHash;
    private final byte[] address = new byte[16];
    private final Cstruct addressBuf = Cstruct.of(address);
    private Zones zones = Zones.NONE;
    private @Nullable QueryLog log;
    private final Signature signature = new Signature();
    private final ZoneDesk desk = new ZoneDesk(query, signature);
    private ServerPolicy policy = ServerPolicy.STANDARD;
    private @Nullable TransferAnswer transfer;
    private long seconds;

    private Cstruct out = Cstruct.empty();
    private int most;
    private int questionEnd;
    private boolean cookieGood;

    public Responder(ServerOptions options) {
        this.options = options;
        cookies = new ServerCookies(options.cookieSecret0(), options.cookieSecret1());
        edns = new EdnsReply(options, cookies);
        limit = new RateLimit(options.answersPerSecond(), options.slip());
        limitHash = new SipHash(options.cookieSecret0(), options.cookieSecret1());
    }

    /// From the next request on answers come from these.
    public void zones(Zones zones) {
        this.zones = zones;
        desk.zones = zones;
    }

    /// From the next request on questions are noted there; null for nowhere.
    public void log(@Nullable QueryLog log) {
        this.log = log;
    }

    /// From the next request on these are the keys, and who may do what.
    public void policy(ServerPolicy policy) {
        this.policy = policy;
        desk.policy = policy;
    }

    /// From the next request on updates and notifications go there.
    public void requests(ZoneRequests requests) {
        desk.requests = requests;
    }

    /// Whether the answer to a request may have to wait for something, or be a long one: an update,
    /// a notification or a transfer.
    public static boolean isSlow(ReadOnlyCstruct request) {
        if (request.length() < HeaderWire.LENGTH) return false;
        int opcode = HeaderWire.opcode(HeaderWire.flags(request));
        if (opcode != Opcode.QUERY) return opcode == Opcode.UPDATE || opcode == Opcode.NOTIFY;
        int end = NameWire.skip(request, HeaderWire.LENGTH);
        if (end < 0 || end + 2 > request.length()) return false;
        int type = request.u16be(end);
        return type == RrType.AXFR || type == RrType.IXFR;
    }

    public Counters counters() {
        return counters;
    }

    /// Answers a request that came over UDP, into `answer`, which must have room for the payload of
    /// the options. Gives the length of the answer, 0 for none.
    ///
    /// @param wallNanos since 1970, for cookies
    public int datagram(
            ReadOnlyCstruct request,
            IpAddress client,
            Cstruct answer,
            long wallNanos,
            long nowNanos) {
        int length = respond(request, client, answer, false, wallNanos / SECOND);
        boolean known = cookieGood || signature.key() != null;
        if (length == 0 || !limit.isOn() || known) return length;
        return switch (limit.count(limitKey(client), nowNanos)) {
            case ANSWER -> length;
            case SLIP -> {
                counters.slip();
                yield empty((HeaderWire.flags(out) & ~HeaderWire.AA) | HeaderWire.TC);
            }
            case DROP -> {
                counters.limit();
                yield 0;
            }
        };
    }

    /// Answers a request that came over a stream, into `answer` of [#MAX_OCTETS]. Where the answer
    /// is a transfer, [#next] has the messages behind its first; the request must stay as it is
    /// until then.
    public int stream(ReadOnlyCstruct request, IpAddress client, Cstruct answer, long wallNanos) {
        return respond(request, client, answer, true, wallNanos / SECOND);
    }

    /// The next message of the answer to the request before; 0 if that was all.
    public int next(Cstruct answer, long wallNanos) {
        if (transfer == null || transfer.isDone()) return 0;
        return transfer.next(answer, wallNanos / SECOND);
    }

    /// Whether the answer before could not be given to its end.
    public boolean isCutShort() {
        return transfer != null && !transfer.isDone();
    }

    private int respond(
            ReadOnlyCstruct request,
            IpAddress client,
            Cstruct answer,
            boolean stream,
            long seconds) {
        int length = answer(request, client, answer, stream, seconds);
        if (length > 0) {
            counters.sent(stream);
            if (questionEnd > HeaderWire.LENGTH) counters.asked(query.questionType());
        }
        QueryLog log = this.log;
        if (log != null && length > 0 && questionEnd > HeaderWire.LENGTH) {
            int rcode = HeaderWire.rcode(HeaderWire.flags(answer));
            log.add(seconds, client, stream, name, query.questionType(), rcode, length);
        }
        return length;
    }

    private int answer(
            ReadOnlyCstruct request,
            IpAddress client,
            Cstruct answer,
            boolean stream,
            long seconds) {
        MessageView.Verdict verdict = query.parse(request);
        transfer = null;
        this.seconds = seconds;
        if (verdict == MessageView.Verdict.NO_HEADER || query.isResponse()) {
            counters.drop();
            return 0;
        }
        out = answer;
        cookieGood = false;
        if (verdict != MessageView.Verdict.OK) return bare(Rcode.FORMERR);
        int payload = stream ? MAX_OCTETS : Math.min(options.udpPayload(), query.udpPayload());
        most = Math.min(payload, answer.length());
        if (badCookie(client, seconds)) return bare(Rcode.FORMERR);
        edns.start(query, client, stream, seconds);
        signature.read(query, policy.keys(), seconds);
        if (signature.rcode() == Rcode.FORMERR || !putQuestion()) return bare(Rcode.FORMERR);
        if (signature.rcode() != Rcode.NOERROR) return failure(signature.rcode());
        if (query.hasEdns() && query.ednsVersion() != 0) return failure(Rcode.BADVERS);
        boolean unproven =
                options.cookiesRequired()
                        && !stream
                        && !cookieGood
                        && query.option(EdnsOption.COOKIE) >= 0;
        if (unproven) return failure(Rcode.BADCOOKIE);
        return switch (query.opcode()) {
            case Opcode.QUERY -> query(client, stream);
            case Opcode.UPDATE -> update(client);
            case Opcode.NOTIFY -> notified(client);
            default -> failure(Rcode.NOTIMP);
        };
    }

    /// Copies the question: as it came, so that its case comes back too.
    private boolean putQuestion() {
        int questions = query.count(Section.QUESTION);
        questionEnd = query.hasQuestion() ? query.recordsOff() : HeaderWire.LENGTH;
        // RFC 9619, 4: a query has one question; NOTIFY and UPDATE have one, too.
        if (questions > 1) return false;
        query.message()
                .copyTo(HeaderWire.LENGTH, out, HeaderWire.LENGTH, questionEnd - HeaderWire.LENGTH);
        HeaderWire.putId(out, query.id());
        HeaderWire.putCount(out, Section.QUESTION, questions);
        if (query.hasQuestion()) name.read(query.message(), query.questionOff());
        writer.start(out, questionEnd, most - edns.length() - signature.octets());
        return true;
    }

    /// RFC 7873, 5.2.2: lengths that no cookie has.
    private boolean badCookie(IpAddress client, long seconds) {
        int cookie = query.option(EdnsOption.COOKIE);
        if (cookie < 0 || query.ednsVersion() != 0) return false;
        int length = query.optionLength(cookie);
        if (length < 8 || length > 40 || (length > 8 && length < 16)) return true;
        if (length == ServerCookies.CLIENT_OCTETS + ServerCookies.SERVER_OCTETS) {
            cookieGood = cookies.isGood(query.message(), cookie, client, seconds);
        }
        if (length > 8 && !cookieGood) counters.badCookie();
        return false;
    }

    private int query(IpAddress client, boolean stream) {
        if (!query.hasQuestion()) {
            // RFC 7873, 5.4: whoever wants a cookie and nothing else.
            boolean asksForCookie = query.option(EdnsOption.COOKIE) >= 0;
            return failure(asksForCookie ? Rcode.NOERROR : Rcode.FORMERR);
        }
        int type = query.questionType();
        switch (type) {
            case RrType.OPT, RrType.TSIG, RrType.TKEY, 0 -> {
                return failure(Rcode.FORMERR);
            }
            case RrType.AXFR, RrType.IXFR -> {
                return transfer(client, stream);
            }
            case RrType.MAILA, RrType.MAILB -> {
                return failure(Rcode.NOTIMP);
            }
            default -> {}
        }
        Zone zone =
                query.questionClass() == RrClass.IN ? zones.find(name, type == RrType.DS) : null;
        if (zone == null) {
            // One that should be there and is not: expired, or not transferred yet.
            boolean missing = policy.covers(name);
            edns.error(missing ? NOT_READY : NOT_AUTHORITATIVE, room());
            return failure(missing ? Rcode.SERVFAIL : Rcode.REFUSED);
        }
        if (!policy.isOpen()
                && !policy.access(zone.apex()).query().allows(client, signature.key())) {
            return refusal(Rcode.REFUSED);
        }
        int flags = lookup.answer(zone, name, type, query.dnssecOk(), writer);
        if ((flags & HeaderWire.TC) != 0) counters.truncate();
        return finish(flags);
    }

    private int transfer(IpAddress client, boolean stream) {
        DnsName apex = name.name();
        int rcode = desk.transfer(apex, client, stream);
        Zone zone = desk.zone(apex);
        if (rcode != Rcode.NOERROR || zone == null) return refusal(rcode);
        var messages = new TransferAnswer(query, edns, signature, desk.records(zone));
        int length;
        if (stream) {
            length = messages.next(out, seconds);
            transfer = messages;
        } else {
            length = messages.datagram(out, most, zone, seconds);
        }
        if (length == 0) return failure(Rcode.SERVFAIL);
        counters.answer(Rcode.NOERROR);
        return length;
    }

    private int update(IpAddress client) {
        if (!query.hasQuestion()) return failure(Rcode.FORMERR);
        return refusal(desk.update(name.name(), client));
    }

    private int notified(IpAddress client) {
        if (!query.hasQuestion()) return failure(Rcode.FORMERR);
        int rcode = desk.notified(name.name(), client);
        return rcode == Rcode.NOERROR ? finish(HeaderWire.AA) : refusal(rcode);
    }

    private int refusal(int rcode) {
        if (rcode == Rcode.REFUSED) edns.error(EdnsOption.ExtendedError.PROHIBITED, room());
        return failure(rcode);
    }

    private int room() {
        return most - writer.length() - signature.octets();
    }

    private int failure(int rcode) {
        return finish(rcode);
    }

    /// Completes the message: header, counts, OPT.
    private int finish(int flagsAndRcode) {
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

    private void putHeader(int flagsAndRcode) {
        HeaderWire.putFlags(
                out,
                HeaderWire.QR
                        | HeaderWire.opcodeBits(query.opcode())
                        | (query.flags() & COPIED_FLAGS)
                        | flagsAndRcode);
    }

    /// A header and nothing else.
    private int bare(int rcode) {
        counters.answer(rcode);
        questionEnd = HeaderWire.LENGTH;
        HeaderWire.putId(out, query.id());
        putHeader(rcode);
        for (Section section : SECTIONS) HeaderWire.putCount(out, section, 0);
        return HeaderWire.LENGTH;
    }

    /// The question alone, with other flags than it had.
    private int empty(int flags) {
        HeaderWire.putFlags(out, flags);
        writer.start(out, questionEnd, most);
        writer.putCounts(0);
        return questionEnd;
    }

    /// The network of the client, the rcode, and the name: that of the zone where nothing was
    /// found, since each query of a flood has another one.
    private long limitKey(IpAddress client) {
        client.write(addressBuf, 0);
        int octets = client.lengthOctets() == 4 ? 3 : 7;
        int rcode = HeaderWire.flags(out) & 15;
        long key = limitHash.of(address, octets);
        if (rcode == Rcode.NOERROR
                && query.verdict() == MessageView.Verdict.OK
                && query.hasQuestion()) {
            key = key * 31 + query.questionHash();
        }
        return key * 31 + rcode;
    }
}
