// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.function.Consumer;

/// The ids of requests in flight, and what waits for each answer. Responses may come in any order;
/// the id that the peer echoes finds the one who asked. An id that is not in flight is the peer's
/// fault and finds nothing.
///
/// Ids run from 0 to `capacity - 1`. The free ones form a list: `next[id]` is the free id after
/// `id`; an id in flight has [#IN_FLIGHT] there.
///
/// Nothing here allocates after construction.
public final class RequestIds<T> {
    /// No id: all are in flight.
    public static final int NONE = -1;

    private static final int IN_FLIGHT = -2;

    private final int[] next;
    private final @Nullable Object[] waiting;
    private int firstFree;
    private int inFlight;

    /// `capacity` ids, usually as many as the ring has slots.
    public RequestIds(int capacity) {
        if (capacity < 1) throw new IllegalArgumentException("capacity " + capacity + " < 1");
        next = new int[capacity];
        waiting = new Object[capacity];
        for (int id = 0; id < capacity; id++) {
            next[id] = id + 1 < capacity ? id + 1 : NONE;
        }
    }

    public int capacity() {
        return next.length;
    }

    public int inFlight() {
        return inFlight;
    }

    /// An id for a request whose answer `completion` waits for, or [#NONE].
    public int allocate(T completion) {
        int id = firstFree;
        if (id == NONE) return NONE;
        waiting[id] = Objects.requireNonNull(completion);
        firstFree = next[id];
        next[id] = IN_FLIGHT;
        inFlight++;
        return id;
    }

    /// Who waits for the answer to `id`, which may be anything the peer wrote; null if nobody does.
    /// The id is free again.
    public @Nullable T complete(long id) {
        if (id < 0 || id >= next.length || next[(int) id] != IN_FLIGHT) return null;
        int index = (int) id;
        T completion = completionOf(index);
        waiting[index] = null;
        next[index] = firstFree;
        firstFree = index;
        inFlight--;
        return completion;
    }

    /// Hands over everybody who still waits, when the ring ends before the answers came.
    public void drain(Consumer<T> each) {
        for (int id = 0; id < next.length; id++) {
            T completion = complete(id);
            if (completion != null) {
                each.accept(completion);
            }
        }
    }

    @SuppressWarnings("unchecked") // only `allocate` writes there, and it takes a T
    private T completionOf(int id) {
        return (T) Objects.requireNonNull(waiting[id]);
    }
}
