// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;
import io.mirage4j.platform.Endpoint;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Follows the aliases in a message to the records that were asked for. What is not on that way is
/// not looked at, so no server can slip in what nobody asked for.
final class AnswerReader {
    static final int MOST_ALIASES = 16;

    sealed interface Reading {
        record Whole(Answer answer) implements Reading {}

        /// The aliases lead out of what this server knows: `target` is to be asked for.
        record GoOn(DnsName target, List<ResourceRecord> aliases) implements Reading {}

        record Useless(String reason) implements Reading {}
    }

    private final Question question;
    private final boolean trustsAd;
    private final List<ResourceRecord> aliases = new ArrayList<>();
    private DnsName name;

    /// @param asked the name that the message is about: the question's, or where aliases led
    /// @param before the aliases that led there
    AnswerReader(Question question, DnsName asked, List<ResourceRecord> before, boolean trustsAd) {
        this.question = question;
        this.trustsAd = trustsAd;
        this.name = asked;
        aliases.addAll(before);
    }

    /// @param message of rcode NOERROR or NXDOMAIN
    Reading read(Message message, Endpoint server) {
        int before = aliases.size();
        List<ResourceRecord> records = records(message);
        while (records.isEmpty()) {
            ResourceRecord alias = alias(message);
            if (alias == null) break;
            if (aliases.size() == MOST_ALIASES) {
                return new Reading.Useless("sent more than " + MOST_ALIASES + " aliases");
            }
            aliases.add(alias);
            name = target(alias);
            if (isLoop()) {
                return new Reading.Useless("sent aliases that lead back to " + name.canonical());
            }
            records = records(message);
        }
        if (!records.isEmpty() && message.rcode() == Rcode.NOERROR) {
            return whole(Answer.Outcome.FOUND, records, leastTtl(records), message, server);
        }
        long negative = negativeTtl(message);
        if (message.rcode() == Rcode.NXDOMAIN) {
            return whole(Answer.Outcome.NO_SUCH_NAME, List.of(), negative, message, server);
        }
        boolean recurses = message.is(HeaderWire.RA);
        if (negative < 0 && !recurses) {
            if (aliases.size() > before) return new Reading.GoOn(name, List.copyOf(aliases));
            if (!message.is(HeaderWire.AA)) {
                return new Reading.Useless(
                        "knows other servers but no answer: it does not recurse");
            }
        }
        return whole(Answer.Outcome.NO_DATA, List.of(), negative, message, server);
    }

    private Reading whole(
            Answer.Outcome outcome,
            List<ResourceRecord> records,
            long ttl,
            Message message,
            Endpoint server) {
        long least = Math.max(0, Math.min(ttl, leastTtl(aliases)));
        boolean isAuthenticated = trustsAd && message.is(HeaderWire.AD);
        return new Reading.Whole(
                new Answer(
                        question,
                        outcome,
                        aliases,
                        name,
                        records,
                        least,
                        isAuthenticated,
                        server,
                        message));
    }

    private List<ResourceRecord> records(Message message) {
        List<ResourceRecord> found = new ArrayList<>();
        for (ResourceRecord record : message.answers()) {
            boolean isOfType = question.type() == RrType.ANY || record.type() == question.type();
            if (isOfType && isHere(record)) {
                found.add(record);
            }
        }
        return found;
    }

    private @Nullable ResourceRecord alias(Message message) {
        for (ResourceRecord record : message.answers()) {
            if (record.type() == RrType.CNAME && isHere(record)) return record;
        }
        return null;
    }

    private boolean isHere(ResourceRecord record) {
        return record.rrClass() == question.rrClass() && record.name().equals(name);
    }

    private static DnsName target(ResourceRecord alias) {
        if (alias.data().value() instanceof RecordData.Cname(DnsName target)) return target;
        throw new AssertionError("CNAME without a target: " + alias);
    }

    private boolean isLoop() {
        return aliases.stream().anyMatch(alias -> alias.name().equals(name));
    }

    /// RFC 2308, 5: the SOA record tells for how long nothing is there; below 0 if none does.
    private long negativeTtl(Message message) {
        for (ResourceRecord record : message.authorities()) {
            if (record.data().value() instanceof RecordData.Soa soa
                    && name.isBelow(record.name())) {
                return Math.min(ttl(record), Integer.toUnsignedLong(soa.minimum()));
            }
        }
        return -1;
    }

    private static long leastTtl(List<ResourceRecord> records) {
        long least = Long.MAX_VALUE;
        for (ResourceRecord record : records) least = Math.min(least, ttl(record));
        return least;
    }

    /// RFC 2181, 8: a TTL with the highest bit is 0.
    private static long ttl(ResourceRecord record) {
        return Math.max(0, record.ttl());
    }
}
