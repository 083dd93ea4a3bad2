// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

/// The consuming side of a ring, as much of it as waiting needs ([WaitStrategy]).
public interface RingConsumer {
    /// Looks once.
    Pending pending();

    /// Asks the peer for a signal when the next message comes, and looks again. Only after
    /// [Pending#NOTHING] may the caller sleep: a message that came before the peer could see the
    /// question is found here, a later one is signalled.
    Pending finalCheck();
}
