// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;

/// A protocol without I/O: it is told what came in and how late it is, and says what goes out. It
/// opens nothing, starts no thread, reads no clock. One owner at a time.
///
/// `nowNanos` is that of [Clock#nanoTime] and never goes back from call to call.
///
/// A simple engine has four methods and plain frames. One that takes work undone and leaves work to
/// its device ([NetDevice#sendOffloads]) is told at its making what it may leave, and overrides the
/// methods with a [FrameNote].
public interface Engine {
    /// No deadline: nothing happens until something comes in.
    long NEVER = Long.MAX_VALUE;

    /// Takes a frame. It is valid until this returns. Whatever octets it has, this does not throw.
    void receive(Cstruct frame, long nowNanos);

    /// Takes a frame and what is known of it. An engine that leaves this as it is must not be given
    /// frames with anything undone.
    default void receive(Cstruct frame, FrameNote note, long nowNanos) {
        receive(frame, nowNanos);
    }

    /// Takes frames that came in together, in their order; valid until this returns.
    default void receive(FrameBatch batch, long nowNanos) {
        for (int i = 0; i < batch.size(); i++) {
            receive(batch.frame(i), batch.note(i), nowNanos);
        }
    }

    /// Does what is due by now.
    void advance(long nowNanos);

    /// Writes the next frame to send at the start of `slot` and returns its length, or 0 if there
    /// is none now. The slot is valid until this returns.
    int transmit(Cstruct slot, long nowNanos);

    /// As [#transmit(Cstruct, long)]; says in `note`, which is plain, what it leaves to the device.
    default int transmit(Cstruct slot, FrameNote note, long nowNanos) {
        return transmit(slot, nowNanos);
    }

    /// When [#advance] has something to do next; [#NEVER] if nothing is planned.
    long nextDeadline();

    /// Nobody will drive the engine any more: its driver has ended, by itself or as it was told.
    /// Whoever waits for the engine is to be told. Drivers call it once, as the last thing.
    default void ended() {}
}
