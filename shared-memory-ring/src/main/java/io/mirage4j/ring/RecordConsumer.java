// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import org.jspecify.annotations.Nullable;

/// Takes records from a ring. A consumer belongs to one thread at a time.
public sealed interface RecordConsumer extends RingConsumer
        permits OneToOneConsumer, ManyToOneConsumer {
    /// Hands at most `limit` records to `handler`, oldest first, and returns how many. Their room
    /// is given back at the end, also when the handler throws; the record over which it threw
    /// counts as consumed.
    int drain(RecordHandler handler, int limit);

    /// Why nothing comes any more, or null.
    @Nullable Faulty fault();
}
