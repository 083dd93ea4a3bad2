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
import io.mirage4j.dns.zone.Lookup;
import io.mirage4j.dns.zone.QueryName;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.IpAddress;

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

    private static final int NOT_READY = EdnsOption.ExtendedError.NOT_READY;
    private static final int NOT_AUTHORITATIVE = EdnsOption.ExtendedError.NOT_AUTHORITATIVE;

    private final MessageView query = new MessageView();
    private final QueryName name = new QueryName();
    private final Lookup lookup = new Lookup();
    private final Counters counters = new Counters();
    private final ServerOptions options;
    private final ServerCookies cookies;
    private final EdnsReply edns;
    private final RateLimit limit;
    private final Signature signature = new Signature();
    private final ZoneDesk desk = new ZoneDesk(query, signature);
    private final Reply reply;
    private Zones zones = Zones.NONE;
    private @Nullable QueryLog log;
    private ServerPolicy policy = ServerPolicy.STANDARD;
    private @Nullable TransferAnswer transfer;
    private long seconds;
    private boolean cookieGood;

    public Responder(ServerOptions options) {
        this.options = options;
        cookies = new ServerCookies(options.cookieSecret0(), options.cookieSecret1());
        edns = new EdnsReply(options, cookies);
        limit = new RateLimit(options);
        reply = new Reply(query, edns, signature, counters);
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
        return switch (limit.count(client, query, HeaderWire.flags(answer) & 15, nowNanos)) {
            case ANSWER -> length;
            case SLIP -> {
                counters.slip();
                yield reply.cutOff();
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
            if (reply.hasQuestion()) {
                counters.asked(query.questionType());
            }
        }
        QueryLog log = this.log;
        if (log != null && length > 0 && reply.hasQuestion()) {
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
        int payload = stream ? MAX_OCTETS : Math.min(options.udpPayload(), query.udpPayload());
        reply.start(answer, Math.min(payload, answer.length()), seconds);
        cookieGood = false;
        if (verdict != MessageView.Verdict.OK) return reply.bare(Rcode.FORMERR);
        if (badCookie(client, seconds)) return reply.bare(Rcode.FORMERR);
        edns.start(query, client, stream, seconds);
        signature.read(query, policy.keys(), seconds);
        if (signature.rcode() == Rcode.FORMERR || !reply.putQuestion()) {
            return reply.bare(Rcode.FORMERR);
        }
        if (query.hasQuestion()) {
            name.read(query.message(), query.questionOff());
        }
        if (query.opcode() == Opcode.UPDATE && query.hasQuestion()) {
            DnsName apex = name.name();
            if (desk.handsOn(apex)) return handOn(apex, client);
        }
        if (signature.rcode() != Rcode.NOERROR) return reply.finish(signature.rcode());
        if (query.hasEdns() && query.ednsVersion() != 0) return reply.finish(Rcode.BADVERS);
        boolean unproven =
                options.cookiesRequired()
                        && !stream
                        && !cookieGood
                        && query.option(EdnsOption.COOKIE) >= 0;
        if (unproven) return reply.finish(Rcode.BADCOOKIE);
        return switch (query.opcode()) {
            case Opcode.QUERY -> query(client, stream);
            case Opcode.UPDATE -> update(client);
            case Opcode.NOTIFY -> notified(client);
            default -> reply.finish(Rcode.NOTIMP);
        };
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
        if (length > 8 && !cookieGood) {
            counters.badCookie();
        }
        return false;
    }

    private int query(IpAddress client, boolean stream) {
        if (!query.hasQuestion()) {
            // RFC 7873, 5.4: whoever wants a cookie and nothing else.
            boolean asksForCookie = query.option(EdnsOption.COOKIE) >= 0;
            return reply.finish(asksForCookie ? Rcode.NOERROR : Rcode.FORMERR);
        }
        int type = query.questionType();
        switch (type) {
            case RrType.OPT, RrType.TSIG, RrType.TKEY, 0 -> {
                return reply.finish(Rcode.FORMERR);
            }
            case RrType.AXFR, RrType.IXFR -> {
                return transfer(client, stream);
            }
            case RrType.MAILA, RrType.MAILB -> {
                return reply.finish(Rcode.NOTIMP);
            }
            default -> {}
        }
        boolean served = query.questionClass() == RrClass.IN;
        Zone zone = served ? zones.find(name, type == RrType.DS) : null;
        if (zone == null) {
            // One that should be there and is not: expired, or not transferred yet.
            boolean missing = served && policy.covers(name);
            reply.explain(missing ? NOT_READY : NOT_AUTHORITATIVE);
            return reply.finish(missing ? Rcode.SERVFAIL : Rcode.REFUSED);
        }
        if (!policy.isOpen()
                && !policy.access(zone.apex()).query().allows(client, signature.key())) {
            return reply.refusal(Rcode.REFUSED);
        }
        int flags = lookup.answer(zone, name, type, query.dnssecOk(), reply.records());
        if ((flags & HeaderWire.TC) != 0) {
            counters.truncate();
        }
        if (type == RrType.SOA && name.labels() == zone.apex().labels()) {
            reply.expire(desk.expireSeconds(zone));
        }
        return reply.finish(flags);
    }

    private int transfer(IpAddress client, boolean stream) {
        DnsName apex = name.name();
        int rcode = desk.transfer(apex, client, stream);
        Zone zone = desk.zone(apex);
        if (rcode != Rcode.NOERROR || zone == null) return reply.refusal(rcode);
        reply.expire(desk.expireSeconds(zone));
        var messages = new TransferAnswer(query, edns, signature, desk.records(zone));
        int length;
        if (stream) {
            length = messages.next(reply.out(), seconds);
            transfer = messages;
        } else {
            length = messages.datagram(reply.out(), reply.most(), zone, seconds);
        }
        if (length == 0) return reply.finish(Rcode.SERVFAIL);
        counters.answer(Rcode.NOERROR);
        return length;
    }

    private int update(IpAddress client) {
        if (!query.hasQuestion()) return reply.finish(Rcode.FORMERR);
        return reply.refusal(desk.update(name.name(), client));
    }

    /// RFC 2136, 6, and RFC 8945, 5.5: what is signed with a key of the primary's alone goes there
    /// as it is.
    private int handOn(DnsName apex, IpAddress client) {
        boolean bad = signature.rcode() != Rcode.NOERROR;
        if (bad && !signature.isUnknown()) return reply.finish(signature.rcode());
        if (!desk.mayHandOn(apex, client)) {
            return bad ? reply.finish(signature.rcode()) : reply.refusal(Rcode.REFUSED);
        }
        ReadOnlyCstruct answer = desk.handOn(apex);
        if (bad) {
            signature.forget();
        }
        return answer == null ? reply.finish(Rcode.SERVFAIL) : reply.pass(answer);
    }

    private int notified(IpAddress client) {
        if (!query.hasQuestion()) return reply.finish(Rcode.FORMERR);
        int rcode = desk.notified(name.name(), client);
        return rcode == Rcode.NOERROR ? reply.finish(HeaderWire.AA) : reply.refusal(rcode);
    }
}
