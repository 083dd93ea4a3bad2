// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import java.io.IOException;

/// What a network device of a guest is plugged into. The processor's thread and the ring's use it
/// in turn.
interface NetPort extends AutoCloseable {
    /// No frame is there.
    int AGAIN = -1;

    /// The frame is none that this port can carry.
    int INVALID = -2;

    int mtu();

    /// A descriptor that can be polled for frames, or -1: then [#isReadable] tells.
    int descriptor();

    /// Tells whether there is a frame.
    boolean isReadable() throws IOException;

    /// Moves the next frame into the guest's memory, cut to `length`. Its length, or [#AGAIN].
    int read(GuestMemory memory, long address, int length) throws IOException;

    /// Sends a frame, or drops it where there is no room. 0, or [#INVALID].
    int write(GuestMemory memory, long address, int length) throws IOException;

    @Override
    default void close() {}
}
