// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;

/// A bounded store of pages, each 4096 octets and aligned to that; a run of several is contiguous.
/// Every page that is out has an owner, so what is not given back has a name:
///
/// ```java
/// PagePool pool = PagePool.of(PageSource.of(arena), 256, OnRelease.KEEP);
/// PagePool.Owner frontend = pool.owner("netfront 0");
/// Cstruct page = frontend.take(1);      // null while the pool has none
/// ...
/// frontend.release(page);
/// pool.assertNoLeaks();
/// ```
///
/// Only the owner can release, only what it took, and only as a whole: another window, or one that
/// was released before, is an `IllegalArgumentException` that names who has the page. A run is the
/// lowest that fits, which keeps the pool dense and its pages warm.
///
/// One mistake it can not see: a window kept after its release, and released again once the same
/// owner has taken the same run anew.
///
/// Threads: any thread may take and release. The loop that takes a page is often not the thread
/// that is done with it, and a lock that nobody else wants costs less than touching the page.
///
/// Taking and releasing allocate nothing, but for the first window of a run's place and length.
public final class PagePool implements AutoCloseable {
    /// Octets of a page.
    public static final int PAGE = 4096;

    /// The octet that fills a released page under [OnRelease#POISON].
    public static final int POISON_OCTET = 0xdb;

    private static final int MOST_PAGES = Integer.MAX_VALUE / PAGE;

    /// What becomes of the octets in a page that is released.
    public enum OnRelease {
        /// They stay, for the next owner to see.
        KEEP,
        /// They become zero: for pages that are shown to strangers.
        CLEAR,
        /// They become [#POISON_OCTET], and whoever takes the page next finds out if somebody wrote
        /// to it in between. For tests.
        POISON
    }

    /// Counts since the pool was made. A refusal is a `take` that got nothing.
    public record Statistics(
            int pages, int taken, int mostTaken, long takes, long releases, long refusals) {}

    private final PageSource.Region region;
    private final long address;
    private final OnRelease onRelease;
    private final int pages;
    private final BitSet free;

    /// By page: who has it, or had it last. Null until it is taken for the first time.
    private final @Nullable Owner[] owner;

    /// By page: how many pages the run has that begins there and is out, else 0.
    private final int[] run;

    /// By page: the window that was last given out there.
    private final @Nullable Cstruct[] window;

    /// No page below this one is free.
    private int lowest;

    private int taken;
    private int mostTaken;
    private long takes;
    private long releases;
    private long refusals;
    private boolean closed;

    private PagePool(PageSource.Region region, int pages, OnRelease onRelease) {
        this.region = region;
        this.address = addressOf(region.memory());
        this.onRelease = onRelease;
        this.pages = pages;
        this.owner = new @Nullable Owner[pages];
        this.run = new int[pages];
        this.window = new @Nullable Cstruct[pages];
        this.free = new BitSet(pages);
        free.set(0, pages);
        if (onRelease == OnRelease.POISON) {
            region.memory().fill(POISON_OCTET);
        }
    }

    /// A pool of `pages` pages, which it gets from `source` at once and keeps until it is closed.
    public static PagePool of(PageSource source, int pages, OnRelease onRelease) {
        if (pages < 1 || pages > MOST_PAGES) {
            throw new IllegalArgumentException(pages + " pages are not in 1.." + MOST_PAGES);
        }
        PageSource.Region region = source.allocate(pages * PAGE);
        Cstruct memory = region.memory();
        if (!memory.isNative()
                || memory.length() != pages * PAGE
                || addressOf(memory) % PAGE != 0) {
            region.free().run();
            throw new IllegalArgumentException(
                    "source gave " + memory + ", not native and aligned " + pages * PAGE);
        }
        return new PagePool(region, pages, onRelease);
    }

    /// Somebody who takes pages, by a name that reports will use.
    public Owner owner(String name) {
        return new Owner(name);
    }

    public synchronized Statistics statistics() {
        return new Statistics(pages, taken, mostTaken, takes, releases, refusals);
    }

    /// Throws an `AssertionError` that names who holds which pages, if any are out, and one that
    /// names who wrote to a page after it was released, where the pool can tell.
    public synchronized void assertNoLeaks() {
        if (taken > 0) throw new AssertionError(leaks());
        if (!closed) {
            checkPoison(0, pages);
        }
    }

    /// Gives the memory back. Refused while pages are out, for their holders would lose it.
    @Override
    public synchronized void close() {
        if (closed) return;
        if (taken > 0) throw new IllegalStateException(leaks());
        closed = true;
        region.free().run();
    }

    /// One who takes pages and gives them back.
    public final class Owner {
        private final String name;
        private int held;

        private Owner(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        /// How many pages are out in this name.
        public int held() {
            synchronized (PagePool.this) {
                return held;
            }
        }

        /// A run of `count` pages, or null if there is none now. Its octets are what [OnRelease]
        /// makes them; those of a page never taken before are the source's.
        public @Nullable Cstruct take(int count) {
            synchronized (PagePool.this) {
                return takeFor(this, count);
            }
        }

        /// Gives back a run that this owner took, the whole of it.
        public void release(ReadOnlyCstruct window) {
            synchronized (PagePool.this) {
                releaseFor(this, window);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private @Nullable Cstruct takeFor(Owner taker, int count) {
        if (closed) throw new IllegalStateException("pool is closed: " + taker + " can not take");
        if (count < 1 || count > pages) {
            throw new IllegalArgumentException("run of " + count + " pages is not in 1.." + pages);
        }
        int first = lowestRun(count);
        if (first < 0) {
            refusals++;
            return null;
        }
        checkPoison(first, count);
        Arrays.fill(owner, first, first + count, taker);
        run[first] = count;
        free.clear(first, first + count);
        if (first == lowest) {
            lowest = first + count;
        }
        taker.held += count;
        taken += count;
        mostTaken = Math.max(mostTaken, taken);
        takes++;
        return windowAt(first, count);
    }

    private void releaseFor(Owner giver, ReadOnlyCstruct given) {
        int first = firstPageOf(giver, given);
        int count = run[first];
        switch (onRelease) {
            case KEEP -> {}
            case CLEAR -> region.memory().fill(first * PAGE, count * PAGE, 0);
            case POISON -> region.memory().fill(first * PAGE, count * PAGE, POISON_OCTET);
        }
        run[first] = 0;
        free.set(first, first + count);
        lowest = Math.min(lowest, first);
        giver.held -= count;
        taken -= count;
        releases++;
    }

    /// The lowest free run, or -1.
    private int lowestRun(int count) {
        int first = free.nextSetBit(lowest);
        while (first >= 0) {
            int end = free.nextClearBit(first);
            if (end - first >= count) return first;
            first = free.nextSetBit(end);
        }
        return -1;
    }

    private Cstruct windowAt(int first, int count) {
        Cstruct last = window[first];
        if (last != null && last.length() == count * PAGE) return last;
        Cstruct made = region.memory().sub(first * PAGE, count * PAGE);
        window[first] = made;
        return made;
    }

    /// The first page of `given`, once it is sure that `giver` took it and nothing else.
    private int firstPageOf(Owner giver, ReadOnlyCstruct given) {
        long at = addressOf(given) - address;
        if (at < 0 || at >= (long) pages * PAGE) {
            throw refusal(given + " is not from this pool", giver);
        }
        int page = (int) (at / PAGE);
        Owner holder = owner[page];
        if (holder == null) throw refusal("page " + page + " was never taken", giver);
        if (free.get(page)) {
            throw refusal("page " + page + " was released already by " + holder, giver);
        }
        if (holder != giver) throw refusal("page " + page + " is held by " + holder, giver);
        if (at % PAGE != 0 || run[page] * PAGE != given.length()) {
            throw refusal(given + " at page " + page + " is not a whole run", giver);
        }
        return page;
    }

    private static IllegalArgumentException refusal(String reason, Owner giver) {
        return new IllegalArgumentException(reason + ": " + giver + " can not release it");
    }

    /// Where a native window begins; a heap window is nowhere. Not by `asSegment`, which allocates.
    private static long addressOf(ReadOnlyCstruct window) {
        MemorySegment memory = window.segment;
        return memory == null ? 0 : RawMemory.address(memory, window.base, 0);
    }

    /// Says it once for each page written to, and poisons it anew, so that the pool goes on.
    private void checkPoison(int first, int count) {
        if (onRelease != OnRelease.POISON) return;
        for (int at = first * PAGE; at < (first + count) * PAGE; at++) {
            if (region.memory().u8(at) != POISON_OCTET) {
                region.memory().fill(at / PAGE * PAGE, PAGE, POISON_OCTET);
                String written = "page " + at / PAGE + " was written at offset " + at % PAGE;
                Owner last = owner[at / PAGE];
                throw new AssertionError(
                        last == null
                                ? written + " before it was taken"
                                : written + " after its release by " + last);
            }
        }
    }

    private String leaks() {
        StringJoiner message =
                new StringJoiner(", ", taken + " of " + pages + " pages are out: ", "");
        for (Owner one : holders()) {
            message.add(one.name + " holds " + one.held + " (" + pagesOf(one) + ")");
        }
        return message.toString();
    }

    /// Those who have pages that are out. The pages know it, so that the pool keeps no list of
    /// owners, of which a server may make one for each connection.
    private Set<Owner> holders() {
        Set<Owner> holders = new LinkedHashSet<>();
        for (int page = 0; page < pages; page++) {
            Owner holder = owner[page];
            if (holder != null && !free.get(page)) {
                holders.add(holder);
            }
        }
        return holders;
    }

    private String pagesOf(Owner one) {
        StringJoiner numbers = new StringJoiner(" ");
        for (int page = 0; page < pages; page++) {
            if (!free.get(page) && owner[page] == one) {
                numbers.add(Integer.toString(page));
            }
        }
        return numbers.toString();
    }
}
