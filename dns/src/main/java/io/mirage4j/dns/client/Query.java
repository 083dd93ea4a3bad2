// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A question on its way to one server, and what tells its answer from a forged one (RFC 5452): the
/// id, the server's endpoint, the question with the case of its letters, and the cookie.
final class Query {
    /// RFC 8467, 4.1.
    private static final int PADDING_BLOCK = 128;

    private static final int OPTION_HEAD = 4;

    private final ServerState server;
    private final Question question;
    private final byte[] nameAsSent;
    private final int id;
    private final boolean hasEdns;
    private final boolean isStream;
    private final Blob sentCookie;
    private final ReadOnlyCstruct octets;

    Query(
            ServerState server,
            Question question,
            ClientOptions options,
            boolean isStream,
            Entropy entropy,
            long now) {
        this.server = server;
        this.question = question;
        this.isStream = isStream;
        this.id = entropy.nextInt(1 << 16);
        this.hasEdns = options.has(ClientOptions.Feature.EDNS) && server.knowsEdns(now);
        DnsName name = question.name();
        boolean mixed = options.has(ClientOptions.Feature.MIXED_CASE) && !isStream;
        this.nameAsSent = mixed ? mixedCase(name, entropy) : name.toByteArray();
        boolean hasCookie = hasEdns && options.has(ClientOptions.Feature.COOKIES);
        this.sentCookie = hasCookie ? server.serverCookie() : Blob.EMPTY;
        List<EdnsOption> all = new ArrayList<>();
        if (hasCookie) {
            all.add(new EdnsOption.Cookie(server.clientCookie, sentCookie));
        }
        if (isStream) {
            // RFC 7828, 3.2.1: how long the stream may be kept is asked with each query.
            all.add(new EdnsOption.TcpKeepalive(null));
        }
        Cstruct query = message(options, all).toOctets();
        if (hasEdns && options.transport() == ClientOptions.Transport.ENCRYPTED_STREAM) {
            int rest = (query.length() + OPTION_HEAD) % PADDING_BLOCK;
            all.add(new EdnsOption.Padding(rest == 0 ? 0 : PADDING_BLOCK - rest));
            query = message(options, all).toOctets();
        }
        this.octets = query.readOnly();
    }

    private Message message(ClientOptions options, List<EdnsOption> all) {
        boolean trustsAd = options.has(ClientOptions.Feature.TRUST_AD);
        boolean wantsDnssec = options.has(ClientOptions.Feature.DNSSEC_RECORDS);
        DnsName name = DnsName.read(Cstruct.of(nameAsSent), 0);
        if (name == null) throw new AssertionError("a name is none in another case: " + question);
        Edns edns = new Edns(options.udpPayload(), 0, 0, wantsDnssec ? Edns.DO : 0, all);
        return new Message(
                id,
                HeaderWire.RD | (trustsAd ? HeaderWire.AD : 0),
                List.of(new Question(name, question.type(), question.rrClass())),
                List.of(),
                List.of(),
                List.of(),
                hasEdns ? edns : null);
    }

    private static byte[] mixedCase(DnsName name, Entropy entropy) {
        byte[] octets = name.toByteArray();
        long bits = 0;
        for (int i = 0; i < octets.length; i++) {
            if (i % Long.SIZE == 0) {
                bits = entropy.nextLong();
            }
            int lower = octets[i] | 0x20;
            if (lower >= 'a' && lower <= 'z') {
                octets[i] = (byte) ((bits & 1) == 0 ? lower : lower & ~0x20);
            }
            bits >>>= 1;
        }
        return octets;
    }

    ReadOnlyCstruct octets() {
        return octets;
    }

    boolean isStream() {
        return isStream;
    }

    boolean hasEdns() {
        return hasEdns;
    }

    /// Looks at what came; remembers a cookie that the server gave.
    Reply read(Endpoint from, ReadOnlyCstruct octets) {
        if (!from.equals(server.endpoint)) return new Reply.Stray("an answer came from " + from);
        if (octets.length() < HeaderWire.LENGTH
                || HeaderWire.id(octets) != id
                || (HeaderWire.flags(octets) & HeaderWire.QR) == 0
                || HeaderWire.opcode(HeaderWire.flags(octets)) != Opcode.QUERY) {
            return new Reply.Stray("what came is no answer to this query");
        }
        boolean isCaseKept = hasNameAsSent(octets);
        return switch (Message.parse(isCaseKept ? withNameAsAsked(octets) : octets)) {
            case Parsed.Value<Message>(Message message) -> read(message, isCaseKept);
            case Parsed.Malformed<Message> malformed ->
                    !isStream && (HeaderWire.flags(octets) & HeaderWire.TC) != 0
                            ? new Reply.Doubtful("the answer was cut off")
                            : new Reply.Broken("sent a malformed answer: " + malformed.message());
        };
    }

    private boolean hasNameAsSent(ReadOnlyCstruct octets) {
        int length = nameAsSent.length;
        return octets.length() >= HeaderWire.LENGTH + length
                && Arrays.equals(octets.toByteArray(HeaderWire.LENGTH, length), nameAsSent);
    }

    /// Names in an answer point to the question's, where they can: so they too get back the case
    /// that they had before it was mixed.
    private ReadOnlyCstruct withNameAsAsked(ReadOnlyCstruct octets) {
        Cstruct copy = Cstruct.of(octets.toByteArray());
        question.name().write(copy, HeaderWire.LENGTH);
        return copy.readOnly();
    }

    private Reply read(Message message, boolean isCaseKept) {
        if (message.questions().isEmpty() && isComplaint(message)) return new Reply.Ours(message);
        if (message.questions().size() != 1) return new Reply.Stray("an answer to no question");
        Question answered = message.questions().getFirst();
        if (!answered.equals(question)) return new Reply.Stray("an answer to " + answered);
        if (!isStream && !isCaseKept) {
            return new Reply.Doubtful("the name came back in another case");
        }
        return cookie(message);
    }

    /// Servers that do not read as far as the question.
    private static boolean isComplaint(Message message) {
        return message.rcode() == Rcode.FORMERR || message.rcode() == Rcode.NOTIMP;
    }

    /// RFC 7873, 5.3.
    private Reply cookie(Message message) {
        EdnsOption.Cookie cookie = cookieOf(message);
        if (cookie == null) {
            if (sentCookie.length() > 0) {
                if (!isStream) return new Reply.Doubtful("an answer without the server's cookie");
                server.learned(Blob.EMPTY);
            }
            return new Reply.Ours(message);
        }
        if (!hasEdns || !cookie.client().equals(server.clientCookie)) {
            return new Reply.Stray("an answer with another's cookie");
        }
        server.learned(cookie.server());
        return new Reply.Ours(message);
    }

    private static EdnsOption.@Nullable Cookie cookieOf(Message message) {
        Edns edns = message.edns();
        return edns == null ? null : edns.option(EdnsOption.Cookie.class);
    }
}
