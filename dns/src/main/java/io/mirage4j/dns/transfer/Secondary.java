// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.dns.tsig.TsigSigner;
import io.mirage4j.dns.tsig.TsigVerifier;
import io.mirage4j.dns.zone.Serial;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneChange;
import io.mirage4j.platform.Entropy;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A zone that is another server's (RFC 1034, 4.3.5): when to ask for it, and what of the answers.
///
/// ```java
/// Secondary.Request request = secondary.next(seconds, now);
/// if (request == null) waitUntil(secondary.nextDeadline());
/// else if (!send(request)) secondary.failed(now);
/// else while (secondary.receive(message(), seconds, now)) {}
/// ```
///
/// Whether there is something new is asked by asking for it: an incremental transfer of nothing is
/// one SOA record. The primaries are asked in turn until one answers.
public final class Secondary {
    /// What is to be sent on a stream of its own.
    public record Request(Peer primary, Cstruct message) {}

    private static final long SECOND = 1_000_000_000;

    /// With every request goes the question when the zone expires (RFC 7314, 4).
    private static final Edns ASKING =
            new Edns(1232, 0, 0, 0, List.of(new EdnsOption.Expire(null)));

    /// Whatever an SOA record says.
    private static final long SHORTEST = SECOND;

    private static final long LONGEST = 28L * 24 * 3600 * SECOND;

    /// While there is no zone whose SOA record could say.
    private static final long FIRST_RETRY = 2 * SECOND;

    private static final long LAST_RETRY = 120 * SECOND;

    private final DnsName apex;
    private final List<Peer> primaries;
    private final Entropy entropy;
    private @Nullable Zone zone;
    private @Nullable TransferReader reader;
    private List<ZoneChange> changes = List.of();
    private String fault = "";
    private int turn;
    private boolean whole;
    private boolean again;

    /// The primaries that do not know EDNS.
    private final Set<Peer> plain = new HashSet<>();

    private long due;
    private long expires;
    private long backoff = FIRST_RETRY;

    /// A secondary of what is due at once.
    ///
    /// @param kept the zone as it was when the program ended; null if there is none
    public Secondary(
            DnsName apex, List<Peer> primaries, Entropy entropy, @Nullable Zone kept, long now) {
        if (primaries.isEmpty()) throw new IllegalArgumentException("no primary of " + apex);
        this.apex = apex;
        this.primaries = List.copyOf(primaries);
        this.entropy = entropy;
        this.zone = kept;
        due = now;
        expires = kept == null ? Long.MAX_VALUE : now + nanos(kept.soa().expire());
    }

    private static long nanos(int seconds) {
        long nanos = Integer.toUnsignedLong(seconds) * SECOND;
        return Math.clamp(nanos, SHORTEST, LONGEST);
    }

    /// The zone as it is known; null if it never was, or too long ago.
    public @Nullable Zone zone() {
        return zone;
    }

    /// The changes that led to [#zone]; empty if it came as a whole.
    public List<ZoneChange> changes() {
        return changes;
    }

    /// Why the last request came to nothing.
    public String fault() {
        return fault;
    }

    /// When the zone is too old, unless it is heard of again; the largest number without one.
    public long expires() {
        return expires;
    }

    /// When [#advance] or [#next] has something to do, unless a request is under way.
    public long nextDeadline() {
        return Math.min(due, expires);
    }

    /// Forgets the zone when it is too old.
    public void advance(long now) {
        if (now < expires) return;
        zone = null;
        expires = Long.MAX_VALUE;
    }

    /// What is to be asked now, if anything; it is under way then, until [#receive] says that it is
    /// over, or [#failed] is called.
    public @Nullable Request next(long seconds, long now) {
        if (reader != null || now < due) return null;
        Peer primary = primaries.get(turn);
        Zone from = whole ? null : zone;
        int id = entropy.nextInt(1 << 16);
        int type = from == null ? RrType.AXFR : RrType.IXFR;
        List<ResourceRecord> soa = from == null ? List.of() : List.of(from.each().next());
        var question = List.of(new Question(apex, type, RrClass.IN));
        Edns edns = plain.contains(primary) ? null : ASKING;
        Cstruct octets = new Message(id, 0, question, List.of(), soa, List.of(), edns).toOctets();
        TsigKey key = primary.key();
        if (key == null) {
            reader = new TransferReader(apex, id, from, null);
            return new Request(primary, octets);
        }
        var signer = TsigSigner.request(key);
        Cstruct signed = Cstruct.create(octets.length() + signer.octets());
        octets.copyTo(0, signed, 0, octets.length());
        int length = signer.sign(signed, octets.length(), seconds);
        reader = new TransferReader(apex, id, from, TsigVerifier.answer(key, signer.mac()));
        return new Request(primary, signed.sub(0, length));
    }

    /// Takes a message of the answer and tells whether more are awaited.
    public boolean receive(ReadOnlyCstruct message, long seconds, long now) {
        TransferReader reading = reader;
        if (reading == null) return false;
        switch (reading.feed(message, seconds)) {
            case MORE -> {
                return true;
            }
            case DONE -> take(reading, now);
            case UP_TO_DATE -> refreshed(reading, now);
            case FAILED -> {
                boolean noEdns =
                        reading.rcode() == Rcode.FORMERR || reading.rcode() == Rcode.NOTIMP;
                if (noEdns && plain.add(primaries.get(turn))) {
                    reader = null;
                    due = now;
                    return false;
                }
                // An answer that is none to changes may be one to the whole.
                boolean retry = zone != null && !whole;
                failed(reading.fault(), now);
                if (retry) {
                    whole = true;
                    turn = Math.floorMod(turn - 1, primaries.size());
                    due = now;
                }
            }
        }
        return false;
    }

    private void take(TransferReader reading, long now) {
        Zone next = reading.zone();
        Zone old = zone;
        if (old == null) {
            zone = next;
            changes = List.of();
        } else if (Serial.isAfter(next.serial(), old.serial())) {
            changes = reading.changes();
            if (whole) {
                ZoneChange change = ZoneChange.between(old, next);
                next = next.with(old.history().with(change));
            }
            zone = next;
        }
        refreshed(reading, now);
    }

    private void refreshed(TransferReader reading, long now) {
        Zone fresh = zone;
        if (fresh == null) throw new AssertionError("refreshed without a zone of " + apex);
        reader = null;
        turn = 0;
        whole = false;
        fault = "";
        backoff = FIRST_RETRY;
        Integer told = reading.expireSeconds();
        long until = now + nanos(told == null ? fresh.soa().expire() : told);
        // RFC 7314, 4: what is new is as old as there; of what is not, the later time counts.
        boolean isNew = reading.progress() == TransferReader.Progress.DONE || told == null;
        expires = isNew || expires == Long.MAX_VALUE ? until : Math.max(expires, until);
        // Not all zones of a server at the same time.
        long refresh = nanos(fresh.soa().refresh());
        due = again ? now : now + refresh - refresh / 64 * entropy.nextInt(8);
        again = false;
    }

    /// Tells that the request under way got no answer, or not all of it.
    public void failed(String why, long now) {
        reader = null;
        fault = primaries.get(turn).endpoint() + ": " + why;
        whole = false;
        again = false;
        turn = (turn + 1) % primaries.size();
        if (turn > 0) {
            due = now;
            return;
        }
        due = now + (zone == null ? backoff : nanos(zone.soa().retry()));
        backoff = Math.min(2 * backoff, LAST_RETRY);
    }

    /// Hears that there may be something new (RFC 1996, 4).
    ///
    /// @param serial the version that is new, where it is told
    public void notified(@Nullable Integer serial, long now) {
        if (zone != null && serial != null && !Serial.isAfter(serial, zone.serial())) return;
        if (reader != null) again = true;
        else due = Math.min(due, now);
    }
}
