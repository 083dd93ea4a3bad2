// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// A port that carries Ethernet frames, without preamble and check sequence. It never blocks:
/// whoever owns it polls, and waits where the board lets it wait.
///
/// ```java
/// for (Cstruct frame; (frame = nic.poll()) != null; ) engine.receive(frame, now);
/// engine.advance(now);
/// for (int len; nic.hasRoom() && (len = engine.transmit(nic.slot(), now)) > 0; ) nic.commit(len);
/// nic.flush();
/// ```
///
/// A device has one owner at a time; nothing here is safe for several threads.
public interface NetDevice {
    /// Octets of the header in front of what [#mtu] counts.
    int HEADER_OCTETS = 14;

    /// The address that frames for this port bear.
    MacAddress mac();

    /// The most octets that a frame carries behind its header.
    int mtu();

    /// The next frame that came in, or null if there is none now. The frame is valid until the next
    /// `poll` on this device; its octets may be changed.
    ///
    /// @throws IOException if the device is gone
    @Nullable Cstruct poll() throws IOException;

    /// Tells whether [#slot] may be asked for.
    boolean hasRoom();

    /// Room for the next frame to send, at least `mtu() + HEADER_OCTETS` octets with anything in
    /// them. It is valid until [#commit]; until then the same slot is given again.
    ///
    /// @throws IllegalStateException if there is no room
    Cstruct slot();

    /// Sends the first `len` octets of [#slot]. They may wait for [#flush].
    ///
    /// @throws IllegalArgumentException if `len` is not from `HEADER_OCTETS` to `mtu() +
    ///   HEADER_OCTETS`
    /// @throws IllegalStateException if there is no room, so that there was no slot
    /// @throws IOException if the device is gone
    void commit(int len) throws IOException;

    /// Lets go of all frames that were committed. Called once after a batch; a device that sends
    /// each at once has nothing to do.
    ///
    /// @throws IOException if the device is gone
    default void flush() throws IOException {}
}
