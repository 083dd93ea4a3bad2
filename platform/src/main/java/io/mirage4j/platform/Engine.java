// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;

/// A protocol without I/O: it is told what came in and how late it is, and says what goes out. It
/// opens nothing, starts no thread, reads no clock. One owner at a time.
///
/// `nowNanos` is that of [Clock#nanoTime] and never goes back from call to call.
public interface Engine {
    /// No deadline: nothing happens until something comes in.
    long NEVER = Long.MAX_VALUE;

    /// Takes a frame. It is valid until this returns. Whatever octets it has, this does not throw.
    void receive(Cstruct frame, long nowNanos);

    /// Does what is due by now.
    void advance(long nowNanos);

    /// Writes the next frame to send at the start of `slot` and returns its length, or 0 if there
    /// is none now. The slot is valid until this returns.
    int transmit(Cstruct slot, long nowNanos);

    /// When [#advance] has something to do next; [#NEVER] if nothing is planned.
    long nextDeadline();
}
