// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;

import java.io.IOException;
import java.util.Set;

/// The devices of a manifest by their handles, in terms of the board: addresses and results. Either
/// the board has them, or drivers of ours do.
interface Devices {
    int OK = 0;
    int AGAIN = 1;
    int FAILED = 3; // EUNSPEC

    /// Throws unless there is something behind the device.
    ///
    /// @throws IllegalStateException if not
    void open(int handle);

    /// The six octets of the address, the first in the highest place.
    long networkMac(int handle);

    int networkMtu(int handle);

    long blockCapacity(int handle);

    int blockSize(int handle);

    /// Octets of the frame, or minus the result that there was instead.
    long netRead(int handle, long address, long room);

    int netWrite(int handle, long address, long octets);

    void netFlush(int handle);

    /// As the other, and sets `note`.
    default long netRead(int handle, long address, long room, FrameNote note) {
        note.clear();
        return netRead(handle, address, room);
    }

    /// As the other, with what `note` leaves to the device.
    default int netWrite(int handle, long address, long octets, FrameNote note) {
        return netWrite(handle, address, octets);
    }

    /// See [NetDevice#sendOffloads].
    default Set<Offload> sendOffloads(int handle) {
        return Set.of();
    }

    /// See [NetDevice#receiveOffloads].
    default Set<Offload> receiveOffloads(int handle, Set<Offload> wanted) throws IOException {
        return Set.of();
    }

    /// Octets of the longest frame that is sent.
    default int longestToSend(int handle) {
        return networkMtu(handle) + NetDevice.HEADER_OCTETS;
    }

    /// Octets of the longest frame that comes in.
    default int longestToReceive(int handle) {
        return networkMtu(handle) + NetDevice.HEADER_OCTETS;
    }

    int blockRead(int handle, long offset, long address, long octets);

    int blockWrite(int handle, long offset, long address, long octets);

    /// Returns when what was written is as safe as the board can make it.
    int blockFlush(int handle);
}
