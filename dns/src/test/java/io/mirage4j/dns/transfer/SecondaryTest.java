// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.server.AccessList;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.server.ServerPolicy;
import io.mirage4j.dns.server.ZoneAccess;
import io.mirage4j.dns.server.ZoneRequests;
import io.mirage4j.dns.zone.RandomZones;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneChange;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.memory.SeededEntropy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// A secondary's days, with primaries that are responders or do not answer.
class SecondaryTest {
    private static final long SECOND = 1_000_000_000;
    private static final Peer FIRST = new Peer(Endpoint.of("192.0.2.1:53"), null);
    private static final Peer OTHER = new Peer(Endpoint.of("192.0.2.2:53"), null);
    private static final int REFRESH = 100;
    private static final int RETRY = 10;
    private static final int EXPIRE = 1000;

    private final Responder primary = new Responder(ServerOptions.of(1, 2));
    private final List<String> asked = new ArrayList<>();
    private final Secondary secondary =
            new Secondary(RandomZones.APEX, List.of(FIRST), new SeededEntropy(1), null, 0);
    private long now;

    private static Zone zone(int serial, String records) {
        String soa = "@ SOA ns a " + serial + " 100 10 1000 5\n";
        // A change of more records than the zone has is sent as the zone.
        String many = "$GENERATE 1-10 host$ A 192.0.2.$\n";
        return RandomZones.zoneOf("$TTL 60\n" + soa + "@ NS ns.elsewhere.test.\n" + many + records);
    }

    private void serve(Zone zone) {
        primary.zones(Zones.of(zone));
        var access = ZoneAccess.STANDARD.withTransfer(AccessList.ANY);
        primary.policy(ServerPolicy.STANDARD.with(zone.apex(), access));
    }

    /// Lets the time pass until something is asked, and has it answered; false if nothing is in
    /// time.
    private boolean exchange(Secondary secondary, long untilSeconds, boolean answered) {
        while (true) {
            secondary.advance(now);
            Secondary.Request request = secondary.next(now / SECOND, now);
            if (request == null) {
                if (secondary.nextDeadline() > untilSeconds * SECOND) return false;
                assertThat(secondary.nextDeadline()).isGreaterThan(now);
                now = secondary.nextDeadline();
                continue;
            }
            Message message = Message.parse(request.message()).orThrow();
            int type = message.questions().getFirst().type();
            asked.add(RrType.name(type) + " " + request.primary().endpoint().address());
            if (!answered) secondary.failed("silent", now);
            else answer(secondary, request);
            return true;
        }
    }

    private void answer(Secondary secondary, Secondary.Request request) {
        Cstruct buf = Cstruct.create(Responder.MAX_OCTETS);
        var client = IpAddress.of("192.0.2.9");
        int length = primary.stream(request.message(), client, buf, now);
        boolean more = true;
        while (length > 0) {
            assertThat(more).isTrue();
            more = secondary.receive(buf.sub(0, length), now / SECOND, now);
            length = primary.next(buf, now);
        }
        assertThat(more).isFalse();
    }

    @Test
    void aZoneIsFetchedAndThenItsChanges() {
        serve(zone(1, "a A 192.0.2.1\n"));
        assertThat(exchange(secondary, 0, true)).isTrue();
        assertThat(secondary.zone().serial()).isEqualTo(1);
        long fetched = now;

        Zone next = zone(2, "a A 192.0.2.2\n");
        ZoneChange change = ZoneChange.between(secondary.zone(), next);
        serve(next.with(next.history().with(change)));
        assertThat(exchange(secondary, 1000, true)).isTrue();
        assertThat(now - fetched).isBetween(85 * SECOND, REFRESH * SECOND);
        assertThat(secondary.zone().serial()).isEqualTo(2);
        assertThat(secondary.changes()).containsExactly(change);
        assertThat(asked).containsExactly("AXFR 192.0.2.1", "IXFR 192.0.2.1");
    }

    @Test
    void aZoneOfWhichNothingIsHeardExpiresAndComesBack() {
        serve(zone(1, ""));
        exchange(secondary, 0, true);
        long fetched = now;
        int times = 0;
        while (secondary.zone() != null) {
            assertThat(exchange(secondary, 10_000, false)).isTrue();
            times++;
        }
        // The first request without a zone comes at once or after the time to retry.
        assertThat(now - fetched).isBetween(EXPIRE * SECOND, (EXPIRE + RETRY) * SECOND);
        assertThat(times).isBetween((EXPIRE - REFRESH) / RETRY, (EXPIRE - REFRESH) / RETRY + 5);
        assertThat(secondary.fault()).isEqualTo("192.0.2.1:53: silent");
        exchange(secondary, 10_000, true);
        assertThat(secondary.zone()).isNotNull();
        assertThat(asked).last().isEqualTo("AXFR 192.0.2.1");
    }

    @Test
    void whatIsNotNewerIsLeftAndCountsAsHeard() {
        serve(zone(5, ""));
        exchange(secondary, 0, true);
        Zone before = secondary.zone();
        for (int i = 0; i < 30; i++) exchange(secondary, 100_000, true);
        assertThat(secondary.zone()).isSameAs(before);
        assertThat(now).isGreaterThan(2 * EXPIRE * SECOND);
        serve(zone(4, ""));
        exchange(secondary, 100_000, true);
        assertThat(secondary.zone()).isSameAs(before);
    }

    @Test
    void anotherPrimaryIsAskedWhereOneIsSilent() {
        var two =
                new Secondary(
                        RandomZones.APEX, List.of(FIRST, OTHER), new SeededEntropy(1), null, 0);
        serve(zone(1, ""));
        exchange(two, 0, false);
        exchange(two, 0, true);
        assertThat(two.zone()).isNotNull();
        assertThat(asked).containsExactly("AXFR 192.0.2.1", "AXFR 192.0.2.2");
    }

    @Test
    void theFirstTriesComeSoonAndThenLessOften() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            exchange(secondary, 10_000, false);
            times.add(now / SECOND);
        }
        assertThat(times).containsExactly(0L, 2L, 6L, 14L, 30L, 62L, 126L, 246L, 366L);
    }

    @Test
    void whereChangesDoNotFitTheWholeIsAskedFor() {
        Zone kept = zone(1, "mine A 192.0.2.1\n");
        var other = new Secondary(RandomZones.APEX, List.of(FIRST), new SeededEntropy(1), kept, 0);
        Zone old = zone(1, "theirs A 192.0.2.1\n");
        Zone next = zone(2, "b A 192.0.2.2\nc A 192.0.2.2\nd A 192.0.2.2\n");
        serve(next.with(next.history().with(ZoneChange.between(old, next))));
        exchange(other, 0, true);
        assertThat(other.fault()).contains("not there");
        exchange(other, 0, true);
        assertThat(asked).containsExactly("IXFR 192.0.2.1", "AXFR 192.0.2.1");
        assertThat(other.zone().records()).isEqualTo(15);
        assertThat(other.zone().history().since(1)).hasSize(1);
    }

    @Test
    void aNotificationBringsTheNextRequestForward() {
        serve(zone(3, ""));
        exchange(secondary, 0, true);
        secondary.notified(3, now);
        secondary.notified(2, now);
        assertThat(exchange(secondary, now / SECOND, true)).isFalse();
        secondary.notified(4, now);
        assertThat(exchange(secondary, now / SECOND, true)).isTrue();
        secondary.notified(null, now);
        assertThat(exchange(secondary, now / SECOND, true)).isTrue();
    }

    @Test
    void whatIsHeardWhileARequestIsUnderWayIsAskedForBehindIt() {
        serve(zone(3, ""));
        Secondary.Request request = secondary.next(0, now);
        secondary.notified(4, now);
        assertThat(secondary.next(0, now)).isNull();
        answer(secondary, request);
        assertThat(exchange(secondary, 0, true)).isTrue();
        assertThat(exchange(secondary, 0, true)).isFalse();
    }

    /// A primary that is a secondary itself tells how old its zone is (RFC 7314).
    @Test
    void aZoneExpiresWithThatOfTheServerItCameFrom() {
        int[] left = {300};
        primary.requests(
                new ZoneRequests() {
                    @Override
                    public int update(Zone zone, Message request) {
                        return Rcode.NOTIMP;
                    }

                    @Override
                    public boolean notified(DnsName apex, IpAddress client, Integer serial) {
                        return false;
                    }

                    @Override
                    public int expireSeconds(Zone zone) {
                        return left[0];
                    }
                });
        serve(zone(1, ""));
        exchange(secondary, 0, true);
        assertThat(secondary.expires()).isEqualTo(now + 300 * SECOND);
        left[0] = 20;
        exchange(secondary, 1000, true);
        assertThat(secondary.expires()).as("not sooner").isEqualTo(300 * SECOND);
        left[0] = 400;
        exchange(secondary, 1000, true);
        assertThat(secondary.expires()).isEqualTo(now + 400 * SECOND);
    }

    @Test
    void aPrimaryThatDoesNotKnowEdnsIsAskedWithout() {
        serve(zone(1, ""));
        Secondary.Request request = secondary.next(0, now);
        Message asked = Message.parse(request.message()).orThrow();
        assertThat(asked.edns()).isNotNull();
        Cstruct refusal = Cstruct.create(12);
        refusal.putU16be(0, asked.id());
        refusal.putU16be(2, 0x8000 | Rcode.FORMERR);
        assertThat(secondary.receive(refusal, 0, now)).isFalse();
        request = secondary.next(0, now);
        assertThat(Message.parse(request.message()).orThrow().edns()).isNull();
        answer(secondary, request);
        assertThat(secondary.zone()).isNotNull();
    }
}
