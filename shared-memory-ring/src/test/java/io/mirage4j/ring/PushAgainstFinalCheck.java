// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.mirage4j.cstruct.Cstruct;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

import java.lang.foreign.Arena;

/// What may come out when one side pushes while the other makes its final check, by jcstress.
final class PushAgainstFinalCheck {
    private static final int SLAB_OCTETS = 1 << 18;

    private static Cstruct slab = Cstruct.empty();

    /// Memory that lives as long as anybody can see it. Cut from larger pieces, since jcstress
    /// makes millions of states.
    private static synchronized Cstruct page(int octets) {
        int lines = (octets + 63) & ~63;
        if (slab.length() < lines) {
            slab = Cstruct.allocate(Arena.ofAuto(), SLAB_OCTETS, 64);
        }
        Cstruct page = slab.sub(0, octets);
        slab = slab.shift(lines);
        return page;
    }

    private static final int RING_OCTETS = 64 + 4 * 12;

    /// A request meets a back end that falls asleep.
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "found, and signalled once too often")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "found")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "signalled")
    @Outcome(id = "false, false", expect = FORBIDDEN, desc = "sleeps for ever")
    @State
    public static class Request {
        private final FrontRing front;
        private final BackRing back;

        public Request() {
            Cstruct page = page(RING_OCTETS);
            front = FrontRing.create(page, 12);
            back = BackRing.attach(page, 12);
            page.putIntVolatile(Sring.REQ_EVENT, -5); // woken long ago
        }

        @Actor
        public void push(ZZ_Result r) {
            front.commit();
            r.r1 = front.push();
        }

        @Actor
        public void check(ZZ_Result r) {
            r.r2 = back.finalCheck() == Pending.WORK;
        }
    }

    /// A response meets a front end that falls asleep.
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "found, and signalled once too often")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "found")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "signalled")
    @Outcome(id = "false, false", expect = FORBIDDEN, desc = "sleeps for ever")
    @State
    public static class Response {
        private final FrontRing front;
        private final BackRing back;

        public Response() {
            Cstruct page = page(RING_OCTETS);
            front = FrontRing.create(page, 12);
            back = BackRing.attach(page, 12);
            front.commit();
            front.push();
            back.poll();
            page.putIntVolatile(Sring.RSP_EVENT, -5);
        }

        @Actor
        public void push(ZZ_Result r) {
            back.commit();
            r.r1 = back.push();
        }

        @Actor
        public void check(ZZ_Result r) {
            r.r2 = front.finalCheck() == Pending.WORK;
        }
    }

    /// What the rule is for: a push that does not look at the event after a full fence. It shows
    /// that the harness can see what it forbids above.
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "found, and signalled once too often")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "found")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "signalled")
    @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING, desc = "sleeps for ever")
    @State
    public static class RequestWithoutFence {
        private final Cstruct page = page(RING_OCTETS);
        private final FrontRing front = FrontRing.create(page, 12);
        private final BackRing back = BackRing.attach(page, 12);

        public RequestWithoutFence() {
            page.putIntVolatile(Sring.REQ_EVENT, -5);
        }

        @Actor
        public void push(ZZ_Result r) {
            front.commit();
            front.publish();
            r.r1 = page.getIntOpaque(Sring.REQ_EVENT) == 1;
        }

        @Actor
        public void check(ZZ_Result r) {
            r.r2 = back.finalCheck() == Pending.WORK;
        }
    }

    /// Who sees the index sees the slot.
    @JCStressTest
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "true, 42", expect = ACCEPTABLE, desc = "the slot as it was filled")
    @Outcome(expect = FORBIDDEN, desc = "a slot that was not filled yet")
    @State
    public static class Slot {
        private final Cstruct page = page(RING_OCTETS);
        private final FrontRing front = FrontRing.create(page, 12);
        private final BackRing back = BackRing.attach(page, 12);

        @Actor
        public void publish() {
            page.putU32le(front.slot() + 8, 42);
            front.commit();
            front.publish();
        }

        @Actor
        public void poll(ZI_Result r) {
            int slot = back.poll();
            r.r1 = slot != SlotRing.NONE;
            r.r2 = r.r1 ? page.u32le(slot + 8) : 0;
        }
    }

    /// A record meets a consumer that falls asleep.
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "found, and signalled once too often")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "found")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "signalled")
    @Outcome(id = "false, false", expect = FORBIDDEN, desc = "sleeps for ever")
    @State
    public static class Record {
        private final Cstruct memory = page(RecordRing.HEAD_OCTETS + 64);
        private final ManyToOneProducer producer = ManyToOneProducer.attach(memory, 1);
        private final ManyToOneConsumer consumer = new ManyToOneConsumer(memory);

        @Actor
        public void commit(ZZ_Result r) {
            producer.claim(4);
            producer.commit();
            r.r1 = producer.signalDue();
        }

        @Actor
        public void check(ZZ_Result r) {
            r.r2 = consumer.finalCheck() == Pending.WORK;
        }
    }

    /// Two producers claim at once: both get their own room, or one is told to come again.
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "apart")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "on top of each other")
    @State
    public static class Claims {
        private final Cstruct memory = page(RecordRing.HEAD_OCTETS + 64);
        private final ManyToOneProducer first = ManyToOneProducer.attach(memory, 1);
        private final ManyToOneProducer second = ManyToOneProducer.attach(memory, 1);
        private int firstAt;
        private int secondAt;

        @Actor
        public void first() {
            firstAt = first.claim(8);
        }

        @Actor
        public void second() {
            secondAt = second.claim(8);
        }

        @Arbiter
        public void apart(Z_Result r) {
            r.r1 =
                    firstAt != secondAt
                            && Math.min(firstAt, secondAt) <= 520
                            && Math.max(firstAt, secondAt) <= 536;
        }
    }

    private PushAgainstFinalCheck() {}
}
