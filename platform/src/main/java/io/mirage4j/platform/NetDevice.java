// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Set;

/// A port that carries Ethernet frames, without preamble and check sequence. It never blocks:
/// whoever owns it polls, and waits where the board lets it wait.
///
/// ```java
/// while (nic.poll(batch) > 0) engine.receive(batch, now);
/// engine.advance(now);
/// for (int len; nic.hasRoom() && (len = engine.transmit(nic.slot(), note.clear(), now)) > 0; ) {
///     nic.commit(len, note);
/// }
/// nic.flush();
/// ```
///
/// A simple device has six methods: [#mac], [#mtu], [#poll()], [#hasRoom], [#slot], [#commit(int)].
/// The rest says what a fast one adds: several frames at once, and work that is left to it, told by
/// a [FrameNote] beside each frame. A simple owner uses the same six and hears of no offload.
///
/// A device has one owner at a time; nothing here is safe for several threads. A port with several
/// queues is several devices.
public interface NetDevice {
    /// Octets of the header in front of what [#mtu] counts.
    int HEADER_OCTETS = 14;

    /// The address that frames for this port bear.
    MacAddress mac();

    /// The most octets that a frame carries behind its header, once it is cut.
    int mtu();

    /// The most octets that [#commit(int, FrameNote)] takes: those of the longest plain frame, or
    /// more where the device cuts.
    default int maxFrameOctets() {
        return mtu() + HEADER_OCTETS;
    }

    /// What may be left to the device now. It may grow or shrink while the device runs, if the
    /// other end says so; nothing that was committed before is lost by it.
    default Set<Offload> sendOffloads() {
        return Set.of();
    }

    /// Says what the owner takes undone from now on, and returns what of it will happen. At first
    /// every frame is complete and fits [#mtu]. To be called before the first poll.
    ///
    /// @throws IOException if the device is gone
    default Set<Offload> receiveOffloads(Set<Offload> wanted) throws IOException {
        return Set.of();
    }

    /// The next frame that came in, or null if there is none now. The frame is valid until the next
    /// `poll` on this device; its octets may be changed.
    ///
    /// @throws IOException if the device is gone
    @Nullable Cstruct poll() throws IOException;

    /// As [#poll()]; sets `note` to what is known of the frame.
    default @Nullable Cstruct poll(FrameNote note) throws IOException {
        note.clear();
        return poll();
    }

    /// Replaces what is in `batch` by the next frames and returns how many there are. All of them
    /// are valid until the next `poll` on this device. A device that holds only one frame gives one
    /// at a time.
    ///
    /// @throws IOException if the device is gone
    default int poll(FrameBatch batch) throws IOException {
        batch.clear();
        Cstruct frame = poll(batch.nextNote());
        if (frame != null) {
            batch.add(frame);
        }
        return batch.size();
    }

    /// Tells whether [#slot] may be asked for.
    boolean hasRoom();

    /// Room for the next frame to send, at least [#maxFrameOctets] octets with anything in them. It
    /// is valid until [#commit]; until then the same slot is given again.
    ///
    /// @throws IllegalStateException if there is no room
    Cstruct slot();

    /// Sends the first `len` octets of [#slot], a plain frame. They may wait for [#flush].
    ///
    /// @throws IllegalArgumentException if `len` is not from `HEADER_OCTETS` to `mtu() +
    ///   HEADER_OCTETS`
    /// @throws IllegalStateException if there is no room, so that there was no slot
    /// @throws IOException if the device is gone
    void commit(int len) throws IOException;

    /// As [#commit(int)], once the device has done what `note` leaves to it. The caller keeps
    /// `note`. A verified checksum is as good as a complete one.
    ///
    /// @throws IllegalArgumentException if `len` is more than [#maxFrameOctets], or `note` asks for
    ///   what is not in [#sendOffloads]
    default void commit(int len, FrameNote note) throws IOException {
        checkOffloads(note);
        commit(len);
    }

    /// Lets go of all frames that were committed. Called once after a batch; a device that sends
    /// each at once has nothing to do.
    ///
    /// @throws IOException if the device is gone
    default void flush() throws IOException {}

    /// For implementers: throws unless `note` asks only for what is in [#sendOffloads].
    ///
    /// @throws IllegalArgumentException if not
    default void checkOffloads(FrameNote note) {
        if (note.isPlain()) return;
        Set<Offload> offered = sendOffloads();
        boolean partial = note.checksum() == FrameNote.Checksum.PARTIAL;
        boolean able =
                switch (note.segments()) {
                    case NONE -> !partial || offered.contains(Offload.CHECKSUM);
                    case TCP4 -> partial && offered.contains(Offload.TCP4_SEGMENTS);
                    case TCP6 -> partial && offered.contains(Offload.TCP6_SEGMENTS);
                    case UDP -> partial && offered.contains(Offload.UDP_SEGMENTS);
                };
        if (!able) throw new IllegalArgumentException(note + " is not offered by " + offered);
    }

    /// For implementers: throws unless a frame of `len` octets with `note` may be committed.
    ///
    /// @throws IllegalArgumentException if not
    default void checkCommit(int len, FrameNote note) {
        checkOffloads(note);
        int most =
                note.segments() == FrameNote.Segments.NONE
                        ? mtu() + HEADER_OCTETS
                        : maxFrameOctets();
        if (len < HEADER_OCTETS || len > most) {
            throw new IllegalArgumentException(
                    "length " + len + " is not in " + HEADER_OCTETS + ".." + most);
        }
    }
}
