// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;

class SlotRingTest {
    private static final int NEAR_THE_END = 0xffff_fff0;

    @ParameterizedTest
    @CsvSource({"4096, 12, 256", "4096, 8, 256", "4096, 112, 32", "4096, 108, 32", "4096, 16, 128"})
    @CsvSource({"8192, 112, 64", "65536, 112, 512", "4096, 4032, 1", "4096, 2017, 1"})
    @CsvSource({"65536, 9000, 4", "65, 1, 1", "66, 1, 2"})
    void slotsAreTheLargestPowerOfTwoThatFits(int ringOctets, int slotOctets, int slots) {
        assertThat(Sring.slots(ringOctets, slotOctets)).isEqualTo(slots);
    }

    @Test
    void aRingWithoutRoomForOneSlotIsRefused() {
        assertThatThrownBy(() -> Sring.slots(64, 1)).hasMessageContaining("ring of 64");
        assertThatThrownBy(() -> Sring.slots(4096, 4033)).hasMessageContaining("4033");
        assertThatThrownBy(() -> Sring.slots(4096, 0)).hasMessageContaining("0 octets");
    }

    @Test
    void theHeadIsLaidOutAsInTheHeader() {
        Cstruct page = Cstruct.create(4096);
        page.fill(0xee);
        FrontRing front = FrontRing.create(page, 12);
        assertThat(page.toByteArray(0, 64)).isEqualTo(head(0, 1, 0, 1));
        for (int i = 0; i < 3; i++) {
            assertThat(front.slot()).isEqualTo(64 + 12 * i);
            front.commit();
        }
        assertThat(page.u32le(0)).as("req_prod before the push").isZero();
        assertThat(front.push()).as("the back asked for a signal at 1").isTrue();
        assertThat(page.toByteArray(0, 64)).isEqualTo(head(3, 1, 0, 1));

        BackRing back = BackRing.attach(page, 12);
        assertThat(back.poll()).isEqualTo(64);
        assertThat(back.slot()).isEqualTo(64);
        back.commit();
        assertThat(back.push()).isTrue();
        assertThat(page.toByteArray(0, 64)).isEqualTo(head(3, 1, 1, 1));
    }

    @Test
    void noMoreCanBeTakenOrCommittedThanThereIs() {
        Cstruct page = Cstruct.create(4096);
        FrontRing front = FrontRing.create(page, 12);
        BackRing back = BackRing.attach(page, 12);
        assertThatThrownBy(() -> front.commit(257)).hasMessageContaining("commit of 257");
        assertThatThrownBy(() -> front.commit(-1)).hasMessageContaining("commit of -1");
        front.commit(3);
        front.push();
        assertThatThrownBy(() -> back.take(1)).hasMessage("take of 1 messages of 0"); // no look yet
        assertThat(back.waiting()).isEqualTo(3);
        assertThatThrownBy(() -> back.take(4)).hasMessage("take of 4 messages of 3");
        assertThatThrownBy(() -> back.take(-1)).hasMessage("take of -1 messages of 3");
        assertThatThrownBy(() -> back.commit(1)).hasMessageContaining("room for 0");
        back.take(2);
        back.commit(2);
        assertThat(back.firstWaiting()).isEqualTo(2);
        assertThat(back.nextIndex()).isEqualTo(2);
    }

    @Test
    void aRunEndsWhereTheRingBeginsAnew() {
        BackRing ring = BackRing.attach(Cstruct.create(64 + 4 * 12), 12, 0);
        assertThat(ring.run(0, 3)).isEqualTo(3);
        assertThat(ring.run(2, 4)).isEqualTo(2);
        assertThat(ring.run(-1, 4)).isEqualTo(1);
        assertThat(ring.offsetOf(-1)).isEqualTo(64 + 3 * 12);
        assertThat(ring.offsetOf(4)).isEqualTo(64);
    }

    private static byte[] head(int reqProd, int reqEvent, int rspProd, int rspEvent) {
        Cstruct head = Cstruct.create(64);
        head.putU32le(0, reqProd);
        head.putU32le(4, reqEvent);
        head.putU32le(8, rspProd);
        head.putU32le(12, rspEvent);
        return head.toByteArray();
    }

    /// Every slot holds its number; both ends are driven by a random list of steps, and the ring is
    /// compared with two queues.
    @Property(tries = 300)
    void theRingIsTwoQueues(
            @ForAll @IntRange(min = 4, max = 130) int slotOctets,
            @ForAll @IntRange(min = 1, max = 3) int pages,
            @ForAll int start,
            @ForAll @Size(max = 400) List<@IntRange(max = 8) Integer> steps) {
        try (Arena arena = Arena.ofConfined()) {
            Pair pair = Pair.at(page(arena, pages * 4096), slotOctets, start);
            steps.forEach(pair::step);
            pair.finish();
        }
    }

    @Property(tries = 100)
    void theRingIsTwoQueuesAcrossTheEndOfTheIndexes(
            @ForAll @Size(min = 200, max = 600) List<@IntRange(max = 8) Integer> steps) {
        Pair pair = Pair.at(Cstruct.create(64 + 4 * 12), 12, NEAR_THE_END);
        steps.forEach(pair::step);
        pair.finish();
    }

    private static final class Pair {
        final FrontRing front;
        final BackRing back;
        final ArrayDeque<Integer> requests = new ArrayDeque<>();
        final ArrayDeque<Integer> responses = new ArrayDeque<>();
        int asked;
        int answered;
        int taken;
        int got;
        int unpushedRequests;
        int unpushedResponses;

        Pair(FrontRing front, BackRing back) {
            this.front = front;
            this.back = back;
        }

        static Pair at(Cstruct memory, int slotOctets, int start) {
            Sring.init(memory, start);
            return new Pair(
                    FrontRing.attach(memory, slotOctets, start),
                    BackRing.attach(memory, slotOctets));
        }

        void step(int kind) {
            switch (kind) {
                case 0 -> ask();
                case 1 -> {
                    front.push();
                    unpushedRequests = 0;
                }
                case 2 -> take();
                case 3 -> answer();
                case 4 -> {
                    back.push();
                    unpushedResponses = 0;
                }
                case 5 -> get();
                case 6 -> askRun();
                case 7 -> answerRun();
                default -> getRun();
            }
            assertThat(front.room()).isEqualTo(front.count() - (asked - got));
            assertThat(back.room()).isEqualTo(taken - answered);
            assertThat(front.isFaulty() || back.isFaulty()).isFalse();
        }

        private void ask() {
            int slot = front.slot();
            assertThat(slot == SlotRing.NONE).isEqualTo(asked - got == front.count());
            if (slot != SlotRing.NONE) {
                front.memory().putU32le(slot, asked);
                front.commit();
                requests.add(asked++);
                unpushedRequests++;
            }
        }

        private void take() {
            int visible = requests.size() - unpushedRequests;
            assertThat(back.waiting()).isEqualTo(visible);
            int slot = back.poll();
            assertThat(slot == SlotRing.NONE).isEqualTo(visible == 0);
            if (slot != SlotRing.NONE) {
                assertThat(back.memory().u32le(slot)).isEqualTo(requests.remove());
                taken++;
            }
        }

        private void answer() {
            int slot = back.slot();
            assertThat(slot == SlotRing.NONE).isEqualTo(taken == answered);
            if (slot != SlotRing.NONE) {
                back.memory().putU32le(slot, ~answered);
                back.commit();
                responses.add(~answered++);
                unpushedResponses++;
            }
        }

        private void get() {
            int visible = responses.size() - unpushedResponses;
            Cstruct copy = Cstruct.create(front.slotOctets() + 1);
            assertThat(front.take(copy, 1)).isEqualTo(visible != 0);
            if (visible != 0) {
                assertThat(copy.u32le(1)).isEqualTo(responses.remove());
                got++;
            }
        }

        /// As many requests as fit side by side.
        private void askRun() {
            int next = front.nextIndex();
            int run = front.run(next, front.room());
            for (int i = 0, off = front.offsetOf(next); i < run; i++, off += front.slotOctets()) {
                front.memory().putU32le(off, asked);
                requests.add(asked++);
            }
            front.commit(run);
            unpushedRequests += run;
        }

        /// Answers requests that lie side by side, each in its slot, once all are answered that
        /// were taken one by one.
        private void answerRun() {
            while (answered < taken) {
                answer();
            }
            int waiting = back.waiting();
            assertThat(waiting).isEqualTo(requests.size() - unpushedRequests);
            int first = back.firstWaiting();
            int run = back.run(first, waiting);
            back.take(run);
            for (int i = 0, off = back.offsetOf(first); i < run; i++, off += back.slotOctets()) {
                assertThat(back.memory().u32le(off)).isEqualTo(requests.remove());
                back.memory().putU32le(off, ~answered);
                responses.add(~answered++);
                taken++;
            }
            back.commit(run);
            unpushedResponses += run;
        }

        private void getRun() {
            int waiting = front.waiting();
            assertThat(waiting).isEqualTo(responses.size() - unpushedResponses);
            int run = front.run(front.firstWaiting(), waiting);
            assertThat(run > 0).isEqualTo(waiting > 0);
            int off = front.offsetOf(front.firstWaiting());
            for (int i = 0; i < run; i++, off += front.slotOctets()) {
                assertThat(front.memory().u32le(off)).isEqualTo(responses.remove());
                got++;
            }
            front.take(run);
        }

        void finish() {
            front.push();
            unpushedRequests = 0;
            while (!requests.isEmpty()) {
                take();
            }
            while (answered < taken) {
                answer();
            }
            back.push();
            unpushedResponses = 0;
            while (!responses.isEmpty()) {
                get();
            }
            assertThat(front.room()).isEqualTo(front.count());
            assertThat(front.pending()).isEqualTo(Pending.NOTHING);
            assertThat(back.pending()).isEqualTo(Pending.NOTHING);
        }
    }

    @Test
    void responsesMayComeInAnotherOrderThanRequests() {
        Cstruct page = Cstruct.create(4096);
        FrontRing front = FrontRing.create(page, 112);
        BackRing back = BackRing.attach(page, 112);
        RequestIds<String> ids = new RequestIds<>(front.count());
        for (String name : List.of("a", "b", "c")) {
            page.putU64le(front.slot(), ids.allocate(name));
            front.commit();
        }
        front.push();
        long[] taken = new long[3];
        for (int i = 0; i < 3; i++) {
            taken[i] = page.u64le(back.poll());
        }
        for (int i : new int[] {2, 0, 1}) {
            page.putU64le(back.slot(), taken[i]);
            back.commit();
        }
        back.push();
        StringBuilder order = new StringBuilder();
        for (int slot; (slot = front.poll()) != SlotRing.NONE; ) {
            order.append(ids.complete(page.u64le(slot)));
        }
        assertThat(order).hasToString("cab");
        assertThat(ids.inFlight()).isZero();
    }

    /// The rule of the header, word for word, beside ours.
    @Property
    void aPushNotifiesWhenItPassesTheEvent(
            @ForAll int start, @ForAll @IntRange(max = 256) int pushed, @ForAll int ahead) {
        Cstruct page = Cstruct.create(4096);
        Sring.init(page, start);
        FrontRing front = FrontRing.attach(page, 12, start);
        int event = start + ahead % 300;
        page.putIntOpaque(Sring.REQ_EVENT, event);
        for (int i = 0; i < pushed; i++) {
            front.commit();
        }
        int now = start + pushed;
        boolean due = Integer.toUnsignedLong(now - event) < Integer.toUnsignedLong(now - start);
        assertThat(front.push()).isEqualTo(due);
    }

    @Property
    void aBatchedWakeUpIsSignalledAtTheNthMessage(
            @ForAll int start, @ForAll @IntRange(min = 1, max = 256) int n) {
        Cstruct page = Cstruct.create(4096);
        Sring.init(page, start);
        FrontRing front = FrontRing.attach(page, 12, start);
        BackRing back = BackRing.attach(page, 12);
        assertThat(back.finalCheck(n)).isEqualTo(Pending.NOTHING);
        assertThat(page.u32le(Sring.REQ_EVENT)).isEqualTo(start + n);
        for (int i = 1; i <= n; i++) {
            front.commit();
            assertThat(front.push()).as("signal at message %d", i).isEqualTo(i == n);
        }
        assertThat(back.finalCheck(n)).isEqualTo(Pending.WORK);
    }

    @Test
    void aFinalCheckThatFindsWorkDoesNotAskForASignal() {
        Cstruct page = Cstruct.create(4096);
        FrontRing front = FrontRing.create(page, 12);
        BackRing back = BackRing.attach(page, 12);
        front.commit();
        front.push();
        page.putIntOpaque(Sring.REQ_EVENT, 77);
        assertThat(back.finalCheck()).isEqualTo(Pending.WORK);
        assertThat(page.u32le(Sring.REQ_EVENT)).isEqualTo(77);
        assertThatThrownBy(() -> back.finalCheck(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> back.finalCheck(257)).hasMessageContaining("257");
    }

    @Test
    void aBackThatComesAgainServesWhatWasNotAnswered() {
        Cstruct page = Cstruct.create(4096);
        FrontRing front = FrontRing.create(page, 12);
        BackRing first = BackRing.attach(page, 12);
        for (int i = 0; i < 5; i++) {
            page.putU32le(front.slot(), i);
            front.commit();
        }
        front.push();
        first.poll();
        first.poll();
        page.putU32le(first.slot(), 100);
        first.commit();
        first.push();

        BackRing second = BackRing.attach(page, 12);
        assertThat(second.waiting()).isEqualTo(4);
        assertThat(page.u32le(second.poll())).isEqualTo(1);
    }

    @Test
    void publishShowsTheSlotsAsAPushDoes() {
        Cstruct page = Cstruct.create(4096);
        FrontRing front = FrontRing.create(page, 12);
        BackRing back = BackRing.attach(page, 12);
        front.commit();
        front.publish();
        assertThat(back.waiting()).isEqualTo(1);
        assertThat(front.push()).as("nothing is left to push").isFalse();
    }

    @Test
    void aCommitWithoutRoomIsRefused() {
        Cstruct page = Cstruct.create(4096);
        FrontRing front = FrontRing.create(page, 112);
        BackRing back = BackRing.attach(page, 112);
        assertThatThrownBy(back::commit).isInstanceOf(IllegalStateException.class);
        for (int i = 0; i < 32; i++) {
            front.commit();
        }
        assertThatThrownBy(front::commit).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBackThatPublishesTooMuchStopsTheFront() {
        Cstruct page = Cstruct.create(4096);
        FrontRing front = FrontRing.create(page, 112);
        front.commit();
        front.commit();
        front.push();
        page.putIntOpaque(Sring.RSP_PROD, 3);
        assertThat(front.poll()).isEqualTo(SlotRing.NONE);
        assertThat(front.fault()).isEqualTo(new Faulty("rsp_prod", 3, 0, 2));
        page.putIntOpaque(Sring.RSP_PROD, 1);
        assertStopped(front);
    }

    @Test
    void aFrontThatPublishesTooMuchStopsTheBack() {
        Cstruct page = Cstruct.create(4096);
        Sring.init(page, NEAR_THE_END);
        BackRing back = BackRing.attach(page, 112);
        page.putIntOpaque(Sring.REQ_PROD, NEAR_THE_END + 32);
        assertThat(back.waiting()).isEqualTo(32);
        back.poll();
        page.putIntOpaque(Sring.REQ_PROD, NEAR_THE_END + 33);
        assertThat(back.pending()).isEqualTo(Pending.FAULT);
        assertThat(back.fault()).hasToString("req_prod 17 is not within 0 past 16");
        page.putIntOpaque(Sring.REQ_PROD, NEAR_THE_END + 32);
        assertStopped(back);
    }

    @Test
    void anIndexThatRunsBackStopsTheRing() {
        Cstruct page = Cstruct.create(4096);
        BackRing back = BackRing.attach(page, 12, 100);
        page.putIntOpaque(Sring.REQ_PROD, 110);
        assertThat(back.waiting()).isEqualTo(10);
        page.putIntOpaque(Sring.REQ_PROD, 109);
        assertThat(back.waiting()).isZero();
        assertThat(back.fault()).isEqualTo(new Faulty("req_prod", 109, 110, 246));
        assertStopped(back);
    }

    private static void assertStopped(SlotRing ring) {
        byte[] before = ring.memory().toByteArray();
        assertThat(ring.isFaulty()).isTrue();
        assertThat(ring.room()).isZero();
        assertThat(ring.slot()).isEqualTo(SlotRing.NONE);
        assertThat(ring.poll()).isEqualTo(SlotRing.NONE);
        assertThat(ring.take(Cstruct.create(4096), 0)).isFalse();
        assertThat(ring.waiting()).isZero();
        assertThat(ring.push()).isFalse();
        ring.publish();
        assertThat(ring.pending()).isEqualTo(Pending.FAULT);
        assertThat(ring.finalCheck()).isEqualTo(Pending.FAULT);
        assertThatThrownBy(ring::commit).isInstanceOf(IllegalStateException.class);
        assertThat(ring.memory().toByteArray()).as("nothing is written").isEqualTo(before);
    }

    /// The peer writes what it likes in the head and the slots, at any moment. Whatever happens, we
    /// stay within the ring, take no more than it holds, and stand still once we saw a fault.
    @Property(tries = 500)
    void aHostilePeerCanOnlyStopTheRing(
            @ForAll boolean isFront,
            @ForAll @IntRange(min = 1, max = 200) int slotOctets,
            @ForAll long seed) {
        Random random = new Random(seed);
        Cstruct page = Cstruct.create(4096);
        int start = random.nextInt();
        Sring.init(page, start);
        SlotRing ring =
                isFront
                        ? FrontRing.attach(page, slotOctets, start)
                        : BackRing.attach(page, slotOctets, start);
        int count = ring.count();
        Cstruct copy = Cstruct.create(slotOctets);
        boolean faulty = false;
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(8)) {
                case 0 -> page.putIntOpaque(4 * random.nextInt(4), random.nextInt());
                case 1 -> {
                    int field = 4 * random.nextInt(4);
                    int small = random.nextInt(2 * count + 2) - count / 2;
                    page.putIntOpaque(field, page.getIntOpaque(field) + small);
                }
                case 2 -> page.putU8(64 + random.nextInt(4032), random.nextInt());
                case 3 -> within(ring, ring.poll());
                case 4 -> ring.take(copy, 0);
                case 5 -> {
                    int slot = ring.slot();
                    if (slot != SlotRing.NONE) {
                        within(ring, slot);
                        ring.commit();
                    }
                }
                case 6 -> ring.push();
                default -> ring.finalCheck(1 + random.nextInt(count));
            }
            assertThat(ring.room()).isBetween(0, count);
            if (faulty) {
                assertThat(ring.isFaulty()).isTrue();
                assertThat(ring.waiting()).isZero();
            }
            faulty = ring.isFaulty();
        }
        int taken = 0;
        while (ring.poll() != SlotRing.NONE) {
            assertThat(++taken).isLessThanOrEqualTo(count);
        }
    }

    private static void within(SlotRing ring, int slot) {
        if (slot != SlotRing.NONE) {
            assertThat(slot).isBetween(64, 64 + (ring.count() - 1) * ring.slotOctets());
            assertThat((slot - 64) % ring.slotOctets()).isZero();
        }
    }

    /// Two to the 32nd and some slots, really; in the short form the last million before the end of
    /// the indexes and the first after it.
    @Test
    void allIsWellAfterAllIndexesWereUsed() {
        boolean full = Boolean.getBoolean("mirage.full");
        int start = full ? 5 : -1_000_000;
        long total = full ? (1L << 32) + 1_000_000 : 2_000_000;
        try (Arena arena = Arena.ofConfined()) {
            Cstruct page = page(arena, 4096);
            Sring.init(page, start);
            FrontRing front = FrontRing.attach(page, 12, start);
            BackRing back = BackRing.attach(page, 12);
            long bad = 0;
            for (long done = 0; done < total; ) {
                int sent = 0;
                for (int slot; (slot = front.slot()) != SlotRing.NONE; sent++) {
                    page.putU64le(slot, done + sent);
                    front.commit();
                }
                front.push();
                long next = done;
                for (int slot; (slot = back.poll()) != SlotRing.NONE; ) {
                    bad |= page.u64le(slot) ^ next++;
                    page.putU64le(back.slot(), ~page.u64le(slot));
                    back.commit();
                }
                back.push();
                for (int slot; (slot = front.poll()) != SlotRing.NONE; ) {
                    bad |= ~page.u64le(slot) ^ done++;
                }
                bad |= next ^ done;
            }
            assertThat(bad).isZero();
            assertThat(front.isFaulty() || back.isFaulty()).isFalse();
        }
    }

    static Cstruct page(Arena arena, int octets) {
        return Cstruct.allocate(arena, octets, 4096);
    }
}
