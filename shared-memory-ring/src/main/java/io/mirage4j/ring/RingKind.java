// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

/// What a ring file holds, with the sizes that both sides must agree on.
public sealed interface RingKind {
    /// The size of a page of shared memory.
    int PAGE_OCTETS = 4096;

    /// The number of the kind in a file.
    int number();

    /// The one size that is not the kind's own: see each kind.
    int detail();

    /// How many octets the ring takes, its own head included.
    int ringOctets();

    /// A request/response ring ([FrontRing], [BackRing]) of some pages. The detail is the size of a
    /// slot.
    record Requests(int slotOctets, int pages) implements RingKind {
        private static final int MAX_PAGES = 1 << 16;

        public Requests {
            if (pages < 1 || pages > MAX_PAGES) {
                throw new IllegalArgumentException(pages + " pages, not 1 to " + MAX_PAGES);
            }
            Sring.slots(pages * PAGE_OCTETS, slotOctets);
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public int detail() {
            return slotOctets;
        }

        @Override
        public int ringOctets() {
            return pages * PAGE_OCTETS;
        }
    }

    /// A console ([ConsoleRing]). The detail is 0.
    record Console() implements RingKind {
        @Override
        public int number() {
            return 2;
        }

        @Override
        public int detail() {
            return 0;
        }

        @Override
        public int ringOctets() {
            return PAGE_OCTETS;
        }
    }

    /// A ring to a xenstore daemon ([XenstoreRing]). The detail is 0.
    record Xenstore() implements RingKind {
        @Override
        public int number() {
            return 3;
        }

        @Override
        public int detail() {
            return 0;
        }

        @Override
        public int ringOctets() {
            return PAGE_OCTETS;
        }
    }

    /// A flexible ring ([FlexRing]): the page of indexes, then the data. The detail is the order.
    record Flex(int order) implements RingKind {
        public Flex {
            FlexRing.dataOctets(order);
        }

        @Override
        public int number() {
            return 4;
        }

        @Override
        public int detail() {
            return order;
        }

        @Override
        public int ringOctets() {
            return PAGE_OCTETS + FlexRing.dataOctets(order);
        }
    }

    /// Records from one producer ([OneToOneProducer]). The detail is the capacity.
    record OneToOneRecords(int capacity) implements RingKind {
        public OneToOneRecords {
            checkCapacity(capacity);
        }

        @Override
        public int number() {
            return 5;
        }

        @Override
        public int detail() {
            return capacity;
        }

        @Override
        public int ringOctets() {
            return RecordRing.HEAD_OCTETS + capacity;
        }
    }

    /// Records from many producers ([ManyToOneProducer]). The detail is the capacity.
    record ManyToOneRecords(int capacity) implements RingKind {
        public ManyToOneRecords {
            checkCapacity(capacity);
        }

        @Override
        public int number() {
            return 6;
        }

        @Override
        public int detail() {
            return capacity;
        }

        @Override
        public int ringOctets() {
            return RecordRing.HEAD_OCTETS + capacity;
        }
    }

    private static void checkCapacity(int capacity) {
        if (capacity < RecordRing.MIN_CAPACITY
                || capacity > RecordRing.MAX_CAPACITY
                || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "capacity "
                            + capacity
                            + ", not a power of two from "
                            + RecordRing.MIN_CAPACITY
                            + " to "
                            + RecordRing.MAX_CAPACITY);
        }
    }
}
