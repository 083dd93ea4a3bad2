// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import java.lang.invoke.VarHandle;

/// The word by which the consumer of a record ring asks to be woken. Each side stores, then loads
/// what the other stores, with a full fence between: so at least one sees the other, and a record
/// that meets a consumer on its way to sleep is found or signalled.
final class Sleeping {
    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;

    /// The consumer's half: stores the word, then looks for records.
    static Pending finalCheck(Cstruct memory, RingConsumer consumer) {
        Pending now = consumer.pending();
        if (now != Pending.NOTHING) return now;
        memory.putIntVolatile(RecordRing.SLEEPING, ASLEEP);
        VarHandle.fullFence();
        now = consumer.pending();
        if (now != Pending.NOTHING) {
            memory.putIntVolatile(RecordRing.SLEEPING, AWAKE);
        }
        return now;
    }

    /// A producer's half, after its commits: whether it fell to it to wake the consumer.
    static boolean signalDue(Cstruct memory) {
        VarHandle.fullFence();
        return memory.getIntVolatile(RecordRing.SLEEPING) == ASLEEP
                && memory.compareAndSetInt(RecordRing.SLEEPING, ASLEEP, AWAKE);
    }

    private Sleeping() {}
}
