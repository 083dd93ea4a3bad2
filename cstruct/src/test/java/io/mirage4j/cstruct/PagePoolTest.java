// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.PagePool.OnRelease;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class PagePoolTest {
    private static PagePool pool(int pages, OnRelease onRelease) {
        return PagePool.of(PageSource.of(Arena.ofAuto()), pages, onRelease);
    }

    private static Cstruct taken(PagePool.Owner owner, int pages) {
        return Objects.requireNonNull(owner.take(pages));
    }

    /// Against the plainest model: an array of which page is whose.
    @Property(tries = 200)
    void runsNeverOverlapUnderRandomSteps(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 70) int pages) {
        PagePool pool = pool(pages, OnRelease.POISON);
        List<PagePool.Owner> owners = List.of(pool.owner("a"), pool.owner("b"));
        boolean[] used = new boolean[pages];
        List<Cstruct> runs = new ArrayList<>();
        List<PagePool.Owner> holders = new ArrayList<>();
        long start = -1;
        for (int step = 0; step < 300; step++) {
            if (random.nextBoolean()) {
                PagePool.Owner owner = owners.get(random.nextInt(2));
                int count = 1 + random.nextInt(Math.min(pages, 5));
                Cstruct run = owner.take(count);
                int lowest = lowestRun(used, count);
                if (run == null) {
                    assertThat(lowest).isEqualTo(-1);
                    continue;
                }
                assertThat(run.length()).isEqualTo(count * PagePool.PAGE);
                long address = run.asSegment().address();
                assertThat(address % PagePool.PAGE).isZero();
                start = start < 0 ? address : start;
                assertThat((address - start) / PagePool.PAGE).isEqualTo(lowest);
                mark(used, lowest, count, true);
                run.fill(step);
                runs.add(run);
                holders.add(owner);
            } else if (!runs.isEmpty()) {
                int which = random.nextInt(runs.size());
                Cstruct run = runs.remove(which);
                int first = (int) ((run.asSegment().address() - start) / PagePool.PAGE);
                mark(used, first, run.length() / PagePool.PAGE, false);
                holders.remove(which).release(run);
            }
        }
        int out = 0;
        for (boolean one : used) {
            out += one ? 1 : 0;
        }
        assertThat(pool.statistics().taken()).isEqualTo(out);
        assertThat(owners.get(0).held() + owners.get(1).held()).isEqualTo(out);
        for (int i = 0; i < runs.size(); i++) {
            holders.get(i).release(runs.get(i));
        }
        pool.assertNoLeaks();
        pool.close();
    }

    private static int lowestRun(boolean[] used, int count) {
        for (int first = 0; first + count <= used.length; first++) {
            boolean fits = true;
            for (int page = first; page < first + count; page++) {
                fits &= !used[page];
            }
            if (fits) return first;
        }
        return -1;
    }

    private static void mark(boolean[] used, int first, int count, boolean to) {
        for (int page = first; page < first + count; page++) {
            used[page] = to;
        }
    }

    @Test
    void leaksAreReportedByOwner() {
        PagePool pool = pool(8, OnRelease.KEEP);
        pool.assertNoLeaks();
        PagePool.Owner front = pool.owner("netfront 0");
        PagePool.Owner store = pool.owner("xenstore");
        Cstruct two = taken(front, 2);
        Cstruct one = taken(store, 1);
        assertThatThrownBy(pool::assertNoLeaks)
                .isInstanceOf(AssertionError.class)
                .hasMessage("3 of 8 pages are out: netfront 0 holds 2 (0 1), xenstore holds 1 (2)");
        assertThatThrownBy(pool::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("netfront 0 holds 2");
        front.release(two);
        store.release(one);
        pool.assertNoLeaks();
        pool.close();
        pool.close();
        pool.assertNoLeaks();
        assertThatThrownBy(() -> store.take(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pool is closed: xenstore can not take");
    }

    @Test
    void wrongReleasesAreRefusedByName() {
        PagePool pool = pool(8, OnRelease.KEEP);
        PagePool.Owner front = pool.owner("netfront 0");
        PagePool.Owner store = pool.owner("xenstore");
        Cstruct run = taken(front, 2);
        assertThatThrownBy(() -> store.release(run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("page 0 is held by netfront 0: xenstore can not release it");
        assertThatThrownBy(() -> front.release(run.sub(0, PagePool.PAGE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cstruct[4096 native] at page 0 is not a whole run:"
                                + " netfront 0 can not release it");
        assertThatThrownBy(() -> front.release(run.shift(PagePool.PAGE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at page 1 is not a whole run");
        assertThatThrownBy(() -> front.release(run.shift(1)))
                .isInstanceOf(IllegalArgumentException.class);
        front.release(run);
        assertThatThrownBy(() -> front.release(run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "page 0 was released already by netfront 0:"
                                + " netfront 0 can not release it");
        assertThatThrownBy(() -> front.release(Cstruct.create(PagePool.PAGE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cstruct[4096 heap] is not from this pool: netfront 0 can not release it");
        Cstruct foreign = taken(pool(8, OnRelease.KEEP).owner("other"), 1);
        assertThatThrownBy(() -> front.release(foreign))
                .isInstanceOf(IllegalArgumentException.class);
        pool.assertNoLeaks();
    }

    @Test
    void aStaleRunInsideALargerOneIsNotTheWholeRun() {
        PagePool pool = pool(4, OnRelease.KEEP);
        PagePool.Owner owner = pool.owner("owner");
        Cstruct first = taken(owner, 1);
        Cstruct second = taken(owner, 1);
        owner.release(first);
        owner.release(second);
        Cstruct both = taken(owner, 2);
        assertThatThrownBy(() -> owner.release(second))
                .isInstanceOf(IllegalArgumentException.class);
        owner.release(both);
        pool.assertNoLeaks();
    }

    @Test
    void aPageReleasedByItsTakerIsReleasedThroughAReadOnlyWindowToo() {
        PagePool pool = pool(1, OnRelease.KEEP);
        PagePool.Owner owner = pool.owner("owner");
        owner.release(taken(owner, 1).readOnly());
        pool.assertNoLeaks();
    }

    @Test
    void anEmptyPoolGivesNothingAndCountsIt() {
        PagePool pool = pool(4, OnRelease.KEEP);
        PagePool.Owner owner = pool.owner("owner");
        Cstruct three = taken(owner, 3);
        @Nullable Cstruct none = owner.take(2);
        assertThat(none).isNull();
        owner.release(three);
        assertThat(pool.statistics()).isEqualTo(new PagePool.Statistics(4, 0, 3, 1, 1, 1));
        assertThatThrownBy(() -> owner.take(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("run of 5 pages is not in 1..4");
        assertThatThrownBy(() -> owner.take(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> owner.take(Integer.MIN_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void releasedPagesAreTreatedAsAsked() {
        PagePool.Owner keeping = pool(1, OnRelease.KEEP).owner("owner");
        Cstruct page = taken(keeping, 1);
        page.fill(7);
        keeping.release(page);
        assertThat(taken(keeping, 1).u8(4095)).isEqualTo(7);

        PagePool.Owner clearing = pool(1, OnRelease.CLEAR).owner("owner");
        page = taken(clearing, 1);
        page.fill(7);
        clearing.release(page);
        assertThat(taken(clearing, 1)).isEqualTo(Cstruct.create(PagePool.PAGE));

        PagePool.Owner poisoning = pool(1, OnRelease.POISON).owner("owner");
        page = taken(poisoning, 1);
        page.fill(7);
        poisoning.release(page);
        assertThat(page.u8(100)).isEqualTo(PagePool.POISON_OCTET);
    }

    @Test
    void aWriteAfterReleaseIsFoundWithThePageItsOwnerAndTheOffset() {
        PagePool pool = pool(3, OnRelease.POISON);
        PagePool.Owner owner = pool.owner("netfront 0");
        taken(owner, 1);
        Cstruct page = taken(owner, 1);
        owner.release(page);
        page.putU8(17, 1);
        assertThatThrownBy(() -> owner.take(1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("page 1 was written at offset 17 after its release by netfront 0");
    }

    @Test
    void aPageWrittenToAfterItsReleaseIsToldOnceAndCanBeTakenAgain() {
        PagePool.Owner owner = pool(1, OnRelease.POISON).owner("netfront 0");
        Cstruct page = taken(owner, 1);
        owner.release(page);
        page.putU8(17, 1);
        assertThatThrownBy(() -> owner.take(1)).isInstanceOf(AssertionError.class);
        assertThat(taken(owner, 1).u8(17)).isEqualTo(PagePool.POISON_OCTET);
    }

    @Test
    void aWriteToAPageThatNobodyHadYetIsFound() {
        Arena arena = Arena.ofAuto();
        Cstruct memory = Cstruct.allocate(arena, 2 * PagePool.PAGE, PagePool.PAGE);
        PagePool pool =
                PagePool.of(octets -> new PageSource.Region(memory, () -> {}), 2, OnRelease.POISON);
        memory.putU8(PagePool.PAGE + 5, 0);
        assertThatThrownBy(pool::assertNoLeaks)
                .isInstanceOf(AssertionError.class)
                .hasMessage("page 1 was written at offset 5 before it was taken");
        assertThatThrownBy(() -> pool.owner("owner").release(memory.sub(0, PagePool.PAGE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("page 0 was never taken: owner can not release it");
    }

    @Test
    void aWriteAfterTheLastReleaseIsFoundWhenLeaksAreLookedFor() {
        PagePool pool = pool(3, OnRelease.POISON);
        PagePool.Owner owner = pool.owner("netfront 0");
        Cstruct page = taken(owner, 1);
        owner.release(page);
        page.putU8(4095, 1);
        assertThatThrownBy(pool::assertNoLeaks)
                .isInstanceOf(AssertionError.class)
                .hasMessage("page 0 was written at offset 4095 after its release by netfront 0");
    }

    @Test
    void threadsTakeAndReleaseWithoutSharingAPage() throws Exception {
        PagePool pool = pool(16, OnRelease.POISON);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 1; thread <= 4; thread++) {
                PagePool.Owner owner = pool.owner("thread " + thread);
                int mark = thread;
                done.add(threads.submit(() -> takeAndRelease(owner, mark)));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        pool.assertNoLeaks();
        PagePool.Statistics counts = pool.statistics();
        assertThat(counts.takes()).isEqualTo(counts.releases());
        assertThat(counts.takes() + counts.refusals()).isEqualTo(4 * 2000);
    }

    private static void takeAndRelease(PagePool.Owner owner, int mark) {
        for (int round = 0; round < 2000; round++) {
            Cstruct run = owner.take(1 + round % 5);
            if (run != null) {
                run.putU8(0, mark);
                run.putU8(run.length() - 1, mark);
                assertThat(run.u8(0)).isEqualTo(mark);
                assertThat(run.u8(run.length() - 1)).isEqualTo(mark);
                owner.release(run);
            }
        }
    }

    @Test
    void aSourceThatGivesSomethingElseIsRefused() {
        boolean[] freed = new boolean[1];
        assertThatThrownBy(
                        () ->
                                PagePool.of(
                                        octets ->
                                                new PageSource.Region(
                                                        Cstruct.create(octets),
                                                        () -> freed[0] = true),
                                        1,
                                        OnRelease.KEEP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("source gave Cstruct[4096 heap], not native and aligned 4096");
        assertThat(freed[0]).isTrue();
        assertThatThrownBy(() -> pool(0, OnRelease.KEEP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 pages are not in 1..524287");
        assertThatThrownBy(() -> pool(524_288, OnRelease.KEEP))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
