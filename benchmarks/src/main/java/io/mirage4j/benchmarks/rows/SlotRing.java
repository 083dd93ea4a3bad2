// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.Duet;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.ring.BackRing;
import io.mirage4j.ring.FrontRing;

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
        if (batch > 1) return times -> batches(times, batch);
        return large ? this::oneLargeByOne : this::oneByOne;
    }

    Duet inFlight(int window) {
        return new Duet(times -> near(times, window), this::far);
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

    /// Each message for itself, as one writes it who does not expect another.
    private long oneByOne(int times) {
        Cstruct page = this.page;
        long sum = 0;
        for (int turn = 0; turn < times; turn++) {
            ask(page, front.slot(), turn);
            front.commit();
            front.push();
            for (int n = back.waiting(); n > 0; n--) {
                answer(page, back.next());
                back.commit();
            }
            back.push();
            for (int n = front.waiting(); n > 0; n--) {
                sum += taken(page, front.next());
            }
        }
        return sum;
    }

    private long oneLargeByOne(int times) {
        Cstruct page = this.page;
        long sum = 0;
        for (int turn = 0; turn < times; turn++) {
            askLarge(page, front.slot(), turn, ask);
            front.commit();
            front.push();
            for (int n = back.waiting(); n > 0; n--) {
                answerLarge(page, back.next(), copy);
                back.commit();
            }
            back.push();
            for (int n = front.waiting(); n > 0; n--) {
                sum += taken(page, front.next());
            }
        }
        return sum;
    }

    private long batches(int times, int batch) {
        long sum = 0;
        for (int turn = 0; turn < times; turn++) {
            fill(turn, batch);
            front.push();
            serve();
            sum += collect(front.waiting());
        }
        return sum;
    }

    private long near(int times, int window) {
        long sum = 0;
        for (int sent = 0, got = 0; got < times; ) {
            int more = Math.min(times, got + window) - sent;
            if (more > 0) {
                fill(sent, more);
                front.push();
                sent += more;
            }
            int n = front.waiting();
            sum += collect(n);
            got += n;
        }
        return sum;
    }

    private long far(int times) {
        for (int done = 0; done < times; ) {
            done += serve();
        }
        return 0;
    }

    /// Asks with the ids from `id` on.
    private void fill(int id, int count) {
        for (int left = count, run; left > 0; left -= run, id += run) {
            int next = front.nextIndex();
            run = front.run(next, left);
            int off = front.offsetOf(next);
            if (large) {
                fillLarge(page, off, id, run, ask);
            } else {
                fillSmall(page, off, id, run);
            }
            front.commit(run);
        }
    }

    private static void fillSmall(Cstruct page, int off, int id, int run) {
        for (int end = off + run * 12; off < end; off += 12, id++) {
            ask(page, off, id);
        }
    }

    private static void fillLarge(Cstruct page, int off, int id, int run, Cstruct ask) {
        for (int end = off + run * 112; off < end; off += 112, id++) {
            askLarge(page, off, id, ask);
        }
    }

    private static void ask(Cstruct page, int off, int id) {
        page.putU64le(off, Integer.toUnsignedLong(id));
        page.putU32le(off + 8, 3 * id);
    }

    private static void askLarge(Cstruct page, int off, int id, Cstruct ask) {
        ask.putU64le(0, Integer.toUnsignedLong(id));
        ask.putU32le(8, 3 * id);
        ask.copyTo(0, page, off, 112);
    }

    /// Answers what waits, each request in its own slot.
    private int serve() {
        int waiting = back.waiting();
        for (int left = waiting, run; left > 0; left -= run) {
            int first = back.firstWaiting();
            run = back.run(first, left);
            int off = back.offsetOf(first);
            back.take(run);
            if (large) {
                serveLarge(page, off, run, copy);
            } else {
                serveSmall(page, off, run);
            }
            back.commit(run);
        }
        back.push();
        return waiting;
    }

    private static void serveSmall(Cstruct page, int off, int run) {
        for (int end = off + run * 12; off < end; off += 12) {
            answer(page, off);
        }
    }

    private static void serveLarge(Cstruct page, int off, int run, Cstruct copy) {
        for (int end = off + run * 112; off < end; off += 112) {
            answerLarge(page, off, copy);
        }
    }

    private static void answer(Cstruct page, int off) {
        long id = page.u64le(off);
        int value = page.u32le(off + 8);
        page.putU64le(off, id);
        page.putU32le(off + 8, value + 1);
    }

    private static void answerLarge(Cstruct page, int off, Cstruct copy) {
        page.copyTo(off, copy, 0, 112);
        page.putU64le(off, copy.u64le(0));
        page.putU32le(off + 8, copy.u32le(8) + 1);
    }

    private long collect(int waiting) {
        long sum = 0;
        for (int left = waiting, run; left > 0; left -= run) {
            int first = front.firstWaiting();
            run = front.run(first, left);
            sum += collect(page, front.offsetOf(first), run, front.slotOctets());
            front.take(run);
        }
        return sum;
    }

    private static long collect(Cstruct page, int off, int run, int step) {
        long sum = 0;
        for (int i = 0; i < run; i++, off += step) {
            sum += taken(page, off);
        }
        return sum;
    }

    private static long taken(Cstruct page, int off) {
        return page.u64le(off) + Integer.toUnsignedLong(page.u32le(off + 8));
    }

    private static Cstruct pages(int octets) {
        return Cstruct.allocate(octets, PAGE);
    }
}
