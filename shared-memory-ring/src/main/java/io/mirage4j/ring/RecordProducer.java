// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// Puts records into a ring: claims room, lets the caller write there, commits or aborts. One claim
/// at a time; a producer belongs to one thread at a time.
///
/// ```java
/// int off = producer.claim(12);                    // NONE: no room now
/// producer.memory().putU32le(off, 1);
/// ...
/// producer.commit();
/// if (producer.signalDue()) bell.ring();           // only if the consumer may sleep
/// ```
public sealed interface RecordProducer permits OneToOneProducer, ManyToOneProducer {
    /// No offset: there is no room now.
    int NONE = -1;

    /// The memory that offsets count in.
    Cstruct memory();

    /// The longest payload.
    int maxLength();

    /// Room for a payload of `length` octets, as an offset in [#memory()], or [#NONE] if there is
    /// none now.
    int claim(int length);

    /// Shows the claimed record to the consumer.
    void commit();

    /// Drops the claimed record; the consumer sees nothing of it. In a many-to-one ring its room is
    /// free again once the consumer has passed it, and records of others may wait behind it: so ask
    /// [#signalDue] after an abort as after a commit.
    void abort();

    /// Tells whether the consumer fell asleep over what was committed or aborted; then the caller
    /// must signal it, since nobody else will.
    boolean signalDue();

    /// Why nothing can be claimed any more, or null.
    @Nullable Faulty fault();
}
