// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A ring of two machines, small enough to walk through every interleaving: a producer pushes
/// messages and signals by the rule, a consumer takes them and sleeps by the rule. Stores wait in a
/// buffer before the other side sees them, as on a real processor.
///
/// Indexes run modulo 8 and begin at 6, so that every run crosses their end. Loads happen in
/// program order; what a consumer that reads a slot before the index would see is not in the model.
final class WakeUpModel {
    /// The parts of the protocol, each of which can be left out.
    enum Part {
        /// Slots are seen before the index that shows them.
        RELEASE,
        /// The index is seen before the event field is read.
        FENCE_IN_PUSH,
        /// The event field is seen before the index is read again.
        FENCE_IN_FINAL_CHECK,
        /// The final check reads the index again.
        SECOND_LOOK,
    }

    /// How stores leave the buffer.
    enum Machine {
        /// In the order in which they were made: x86.
        IN_ORDER,
        /// In any order, but for those of one address: weaker than most.
        ANY_ORDER,
    }

    enum Verdict {
        FINE,
        /// The consumer sleeps, messages wait, and nobody will signal.
        LOST_WAKE_UP,
        /// The consumer saw an index before the slot that it shows.
        STALE_SLOT
    }

    private static final int MODULUS = 8;
    private static final int START = 6;

    private final Set<Part> parts;
    private final Machine machine;
    private final int[] pushes;
    private final int wakeAt;
    private final int total;
    private int states;

    /// A producer that pushes so many messages at a time, and a consumer that asks to be woken at
    /// message `wakeAt`, or at the last one.
    WakeUpModel(Set<Part> parts, Machine machine, int wakeAt, int... pushes) {
        this.parts = parts;
        this.machine = machine;
        this.wakeAt = wakeAt;
        this.pushes = pushes;
        int sum = 0;
        for (int push : pushes) {
            sum += push;
        }
        total = sum;
    }

    /// How many states the last [#run] went through.
    int states() {
        return states;
    }

    private static final int PROD = 0;
    private static final int EVENT = 1;
    private static final int SLOTS = 2;

    /// A store on its way; `era` counts the release barriers before it.
    private record Store(int address, int value, int era) {}

    private enum ProducerAt {
        FILL,
        STORE_INDEX,
        FENCE,
        READ_EVENT,
        DONE
    }

    private enum ConsumerAt {
        LOOK,
        TAKE,
        STORE_EVENT,
        FENCE,
        LOOK_AGAIN,
        ASLEEP,
        DONE
    }

    /// One state of both machines. `pushed` and `taken` count from 0, without wrapping.
    private record State(
            List<Integer> memory,
            boolean signal,
            ProducerAt producer,
            int push,
            int pushed,
            List<Store> producerStores,
            ConsumerAt consumer,
            int taken,
            int seen,
            List<Store> consumerStores) {}

    Verdict run() {
        List<Integer> memory = new ArrayList<>(List.of(START, (START + 1) % MODULUS));
        for (int i = 0; i < total; i++) {
            memory.add(0);
        }
        State first =
                new State(
                        memory,
                        false,
                        ProducerAt.FILL,
                        0,
                        0,
                        List.of(),
                        ConsumerAt.LOOK,
                        0,
                        0,
                        List.of());
        Set<State> known = new HashSet<>(Set.of(first));
        ArrayDeque<State> todo = new ArrayDeque<>(known);
        Verdict verdict = Verdict.FINE;
        while (verdict == Verdict.FINE && !todo.isEmpty()) {
            State state = todo.remove();
            if (isStale(state)) {
                verdict = Verdict.STALE_SLOT;
            }
            List<State> next = next(state);
            if (next.isEmpty() && state.consumer != ConsumerAt.DONE) {
                verdict = Verdict.LOST_WAKE_UP;
            }
            for (State each : next) {
                if (known.add(each)) {
                    todo.add(each);
                }
            }
        }
        states = known.size();
        return verdict;
    }

    /// Everything that can happen next: a step of either side, or a store that arrives.
    private List<State> next(State s) {
        List<State> all = new ArrayList<>();
        stepProducer(s, all);
        stepConsumer(s, all);
        for (int i = 0; i < s.producerStores.size(); i++) {
            if (mayArrive(s.producerStores, i)) {
                all.add(
                        new State(
                                with(s.memory, s.producerStores.get(i)),
                                s.signal,
                                s.producer,
                                s.push,
                                s.pushed,
                                without(s.producerStores, i),
                                s.consumer,
                                s.taken,
                                s.seen,
                                s.consumerStores));
            }
        }
        for (int i = 0; i < s.consumerStores.size(); i++) {
            if (mayArrive(s.consumerStores, i)) {
                all.add(
                        new State(
                                with(s.memory, s.consumerStores.get(i)),
                                s.signal,
                                s.producer,
                                s.push,
                                s.pushed,
                                s.producerStores,
                                s.consumer,
                                s.taken,
                                s.seen,
                                without(s.consumerStores, i)));
            }
        }
        return all;
    }

    private void stepProducer(State s, List<State> all) {
        switch (s.producer) {
            case FILL -> {
                List<Store> stores = s.producerStores;
                for (int i = 0; i < pushes[s.push]; i++) {
                    stores = plus(stores, SLOTS + s.pushed + i, 1, false);
                }
                all.add(producer(s, s.signal, ProducerAt.STORE_INDEX, s.push, s.pushed, stores));
            }
            case STORE_INDEX -> {
                int pushed = s.pushed + pushes[s.push];
                List<Store> stores =
                        plus(s.producerStores, PROD, index(pushed), parts.contains(Part.RELEASE));
                all.add(producer(s, s.signal, ProducerAt.FENCE, s.push, pushed, stores));
            }
            case FENCE -> {
                if (!parts.contains(Part.FENCE_IN_PUSH) || s.producerStores.isEmpty()) {
                    all.add(
                            producer(
                                    s,
                                    s.signal,
                                    ProducerAt.READ_EVENT,
                                    s.push,
                                    s.pushed,
                                    s.producerStores));
                }
            }
            case READ_EVENT -> {
                int to = index(s.pushed);
                int from = index(s.pushed - pushes[s.push]);
                int event = s.memory.get(EVENT);
                boolean due = difference(to, event) < difference(to, from);
                boolean last = s.push + 1 == pushes.length;
                all.add(
                        producer(
                                s,
                                s.signal || due,
                                last ? ProducerAt.DONE : ProducerAt.FILL,
                                s.push + 1,
                                s.pushed,
                                s.producerStores));
            }
            case DONE -> {}
        }
    }

    private void stepConsumer(State s, List<State> all) {
        switch (s.consumer) {
            case LOOK -> {
                int seen = s.taken + difference(s.memory.get(PROD), index(s.taken));
                ConsumerAt then = seen > s.taken ? ConsumerAt.TAKE : ConsumerAt.STORE_EVENT;
                all.add(consumer(s, s.signal, then, s.taken, seen, s.consumerStores));
            }
            case TAKE -> {
                ConsumerAt then = s.seen == total ? ConsumerAt.DONE : ConsumerAt.LOOK;
                all.add(consumer(s, s.signal, then, s.seen, s.seen, s.consumerStores));
            }
            case STORE_EVENT -> {
                int event = index(s.taken + wanted(s));
                List<Store> stores = plus(s.consumerStores, EVENT, event, false);
                all.add(consumer(s, s.signal, ConsumerAt.FENCE, s.taken, s.seen, stores));
            }
            case FENCE -> {
                if (!parts.contains(Part.FENCE_IN_FINAL_CHECK) || s.consumerStores.isEmpty()) {
                    ConsumerAt then =
                            parts.contains(Part.SECOND_LOOK)
                                    ? ConsumerAt.LOOK_AGAIN
                                    : ConsumerAt.ASLEEP;
                    all.add(consumer(s, s.signal, then, s.taken, s.seen, s.consumerStores));
                }
            }
            case LOOK_AGAIN -> {
                int waiting = difference(s.memory.get(PROD), index(s.taken));
                ConsumerAt then = waiting >= wanted(s) ? ConsumerAt.LOOK : ConsumerAt.ASLEEP;
                all.add(consumer(s, s.signal, then, s.taken, s.seen, s.consumerStores));
            }
            case ASLEEP -> {
                if (s.signal) {
                    all.add(consumer(s, false, ConsumerAt.LOOK, s.taken, s.seen, s.consumerStores));
                }
            }
            case DONE -> {}
        }
    }

    private int wanted(State s) {
        return Math.min(wakeAt, total - s.taken);
    }

    private static boolean isStale(State s) {
        if (s.consumer != ConsumerAt.TAKE) return false;
        for (int i = s.taken; i < s.seen; i++) {
            if (s.memory.get(SLOTS + i) == 0) return true;
        }
        return false;
    }

    private boolean mayArrive(List<Store> stores, int which) {
        Store store = stores.get(which);
        for (Store earlier : stores.subList(0, which)) {
            if (machine == Machine.IN_ORDER
                    || earlier.address == store.address
                    || earlier.era < store.era) {
                return false;
            }
        }
        return true;
    }

    private static State producer(
            State s, boolean signal, ProducerAt at, int push, int pushed, List<Store> stores) {
        return new State(
                s.memory,
                signal,
                at,
                push,
                pushed,
                stores,
                s.consumer,
                s.taken,
                s.seen,
                s.consumerStores);
    }

    private static State consumer(
            State s, boolean signal, ConsumerAt at, int taken, int seen, List<Store> stores) {
        return new State(
                s.memory,
                signal,
                s.producer,
                s.push,
                s.pushed,
                s.producerStores,
                at,
                taken,
                seen,
                stores);
    }

    private static List<Store> plus(List<Store> stores, int address, int value, boolean release) {
        int era = stores.isEmpty() ? 0 : stores.getLast().era;
        List<Store> more = new ArrayList<>(stores);
        more.add(new Store(address, value, release ? era + 1 : era));
        return more;
    }

    private static List<Store> without(List<Store> stores, int which) {
        List<Store> fewer = new ArrayList<>(stores);
        fewer.remove(which);
        return fewer;
    }

    private static List<Integer> with(List<Integer> memory, Store store) {
        List<Integer> changed = new ArrayList<>(memory);
        changed.set(store.address, store.value);
        return changed;
    }

    private static int index(int count) {
        return (START + count) % MODULUS;
    }

    private static int difference(int a, int b) {
        return Math.floorMod(a - b, MODULUS);
    }
}
