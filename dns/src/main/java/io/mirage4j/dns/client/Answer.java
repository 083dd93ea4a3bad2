// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.EdnsOption.ExtendedError;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.platform.Endpoint;

import java.util.ArrayList;
import java.util.List;

/// What a server said to a question.
///
/// @param aliases the CNAME records that led from the name asked for to `name`
/// @param name the one that has the records, or has none
/// @param records those at `name` of the type that was asked for; empty unless `FOUND`
/// @param ttlSeconds for how long that may be kept; 0 for not at all
/// @param isAuthenticated whether the server has checked it by DNSSEC: as true as the server and
///   the way to it, so never without [ClientOptions.Feature#TRUST_AD]
/// @param message all that came
public record Answer(
        Question question,
        Outcome outcome,
        List<ResourceRecord> aliases,
        DnsName name,
        List<ResourceRecord> records,
        long ttlSeconds,
        boolean isAuthenticated,
        Endpoint server,
        Message message) {
    public enum Outcome {
        FOUND,
        /// The name is there, or others below it, but has nothing of that type.
        NO_DATA,
        NO_SUCH_NAME
    }

    public Answer {
        aliases = List.copyOf(aliases);
        records = List.copyOf(records);
    }

    public boolean isFound() {
        return outcome == Outcome.FOUND;
    }

    /// What else the server had to say (RFC 8914), such as that the answer is an old one.
    public List<ExtendedError> errors() {
        return errors(message);
    }

    static List<ExtendedError> errors(Message message) {
        List<ExtendedError> errors = new ArrayList<>();
        Edns edns = message.edns();
        if (edns != null) {
            edns.options()
                    .forEach(
                            o -> {
                                if (o instanceof ExtendedError error) {
                                    errors.add(error);
                                }
                            });
        }
        return errors;
    }

    /// The same some time later.
    Answer aged(long seconds) {
        return new Answer(
                question,
                outcome,
                aged(aliases, seconds),
                name,
                aged(records, seconds),
                ttlSeconds - seconds,
                isAuthenticated,
                server,
                message);
    }

    private static List<ResourceRecord> aged(List<ResourceRecord> records, long seconds) {
        List<ResourceRecord> aged = new ArrayList<>();
        for (ResourceRecord r : records) {
            int ttl = (int) Math.max(0, Integer.toUnsignedLong(r.ttl()) - seconds);
            aged.add(new ResourceRecord(r.name(), r.rrClass(), ttl, r.data()));
        }
        return aged;
    }
}
