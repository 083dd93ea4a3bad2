// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.Duet;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.ring.BackRing;
import io.mirage4j.ring.FrontRing;

import java.lang.foreign.Arena;

/// Both ends of a slot ring on one page, whose twin in C is [SlotRingInC]. A slot is u64 id and u32
/// value; a large one is copied whole. Each size has loops of its own, so that the compiler meets
/// one kind in each.
final class SlotRing {
    private static final int PAGE = 4096;

    private final Cstruct page = pages(PAGE);
    private final boolean large;
    private final FrontRing front;
    private final BackRing back;
    private final Cstruct ask = pages(112);
    private final Cstruct copy = pages(112);

    SlotRing(SlotSize slots) {
        large = slots == SlotSize.LARGE;
        front = FrontRing.create(page, slots.octets);
        back = BackRing.attach(page, slots.octets);
    }

    Body batches(int batch) {
        return large ? times -> largeBatches(times, batch) : times -> smallBatches(times, batch);
    }

    Duet inFlight(int window) {
        return large
                ? new Duet(times -> largeNear(times, window), this::largeFar)
                : new Duet(times -> smallNear(times, window), this::smallFar);
    }

    /// As [#inFlight] with one request, for a baseline that returns how often it turned.
    Duet roundTrips() {
        Duet pingPong = inFlight(1);
        return new Duet(
                times -> {
                    pingPong.near().run(times);
                    return times;
                },
                times -> {
                    pingPong.far().run(times);
                    return times;
                });
    }

    private long smallBatches(int times, int batch) {
        long sum = 0;
        for (int turn = 0; turn < times; turn++) {
            for (int i = 0; i < batch; i++) {
                fillSmall(turn + i);
            }
            front.push();
            serveSmall();
            sum += collect(front.waiting());
        }
        return sum;
    }

    private long largeBatches(int times, int batch) {
        long sum = 0;
        for (int turn = 0; turn < times; turn++) {
            for (int i = 0; i < batch; i++) {
                fillLarge(turn + i);
            }
            front.push();
            serveLarge();
            sum += collect(front.waiting());
        }
        return sum;
    }

    private long smallNear(int times, int window) {
        long sum = 0;
        for (int sent = 0, got = 0; got < times; ) {
            int before = sent;
            for (; sent < times && sent - got < window; sent++) {
                fillSmall(sent);
            }
            if (sent != before) {
                front.push();
            }
            int n = front.waiting();
            sum += collect(n);
            got += n;
        }
        return sum;
    }

    private long largeNear(int times, int window) {
        long sum = 0;
        for (int sent = 0, got = 0; got < times; ) {
            int before = sent;
            for (; sent < times && sent - got < window; sent++) {
                fillLarge(sent);
            }
            if (sent != before) {
                front.push();
            }
            int n = front.waiting();
            sum += collect(n);
            got += n;
        }
        return sum;
    }

    private long smallFar(int times) {
        for (int done = 0; done < times; ) {
            done += serveSmall();
        }
        return 0;
    }

    private long largeFar(int times) {
        for (int done = 0; done < times; ) {
            done += serveLarge();
        }
        return 0;
    }

    private void fillSmall(int i) {
        Cstruct page = this.page;
        int slot = front.slot();
        page.putU64le(slot, Integer.toUnsignedLong(i));
        page.putU32le(slot + 8, 3 * i);
        front.commit();
    }

    private void fillLarge(int i) {
        ask.putU64le(0, Integer.toUnsignedLong(i));
        ask.putU32le(8, 3 * i);
        ask.copyTo(0, page, front.slot(), 112);
        front.commit();
    }

    private int serveSmall() {
        Cstruct page = this.page;
        int waiting = back.waiting();
        for (int n = waiting; n > 0; n--) {
            int slot = back.next();
            long id = page.u64le(slot);
            int value = page.u32le(slot + 8);
            respond(id, value);
        }
        back.push();
        return waiting;
    }

    private int serveLarge() {
        int waiting = back.waiting();
        for (int n = waiting; n > 0; n--) {
            page.copyTo(back.next(), copy, 0, 112);
            respond(copy.u64le(0), copy.u32le(8));
        }
        back.push();
        return waiting;
    }

    private void respond(long id, int value) {
        Cstruct page = this.page;
        int slot = back.slot();
        page.putU64le(slot, id);
        page.putU32le(slot + 8, value + 1);
        back.commit();
    }

    private long collect(int waiting) {
        Cstruct page = this.page;
        long sum = 0;
        for (int n = waiting; n > 0; n--) {
            int slot = front.next();
            sum += page.u64le(slot) + Integer.toUnsignedLong(page.u32le(slot + 8));
        }
        return sum;
    }

    private static Cstruct pages(int octets) {
        return Cstruct.allocate(Arena.ofAuto(), octets, PAGE);
    }
}
