// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.io.IOException;

/// A row of sectors, read and written whole. One caller at a time.
///
/// What was written may be lost, in any part and order, until [#sync] has returned. A sector that
/// was never written, or was discarded, reads as anything.
public interface BlockDevice {
    /// Octets of a sector: a power of two, at least 512.
    int sectorSize();

    /// How many sectors there are.
    long sectors();

    default boolean isReadOnly() {
        return false;
    }

    /// Fills `target` from `sector` on. Its length is a multiple of [#sectorSize].
    ///
    /// @throws IOException if the device fails; `target` may have changed
    void read(long sector, Cstruct target) throws IOException;

    /// Writes all of `source` from `sector` on. Its length is a multiple of [#sectorSize]. The
    /// caller keeps `source`.
    ///
    /// @throws IOException if the device fails or [#isReadOnly]; any of the sectors may have
    ///   changed
    void write(long sector, ReadOnlyCstruct source) throws IOException;

    /// Returns when all that was written before survives a loss of power.
    void sync() throws IOException;

    /// Says that what the `count` sectors from `sector` hold is not needed any more.
    default void discard(long sector, long count) throws IOException {
        checkSectors(sector, count);
    }

    /// For implementers: how many sectors a request of `octets` at `sector` spans, once it is known
    /// to be whole sectors of the device.
    ///
    /// @throws IllegalArgumentException if `octets` is no multiple of the sector size
    /// @throws IndexOutOfBoundsException if the request does not lie in the device
    default int checkOctets(long sector, int octets) {
        int size = sectorSize();
        if ((octets & (size - 1)) != 0) {
            throw new IllegalArgumentException(
                    "length " + octets + " is no multiple of the sector size " + size);
        }
        int count = octets / size;
        checkSectors(sector, count);
        return count;
    }

    /// For implementers: throws unless the `count` sectors from `sector` are in the device.
    ///
    /// @throws IndexOutOfBoundsException if not
    default void checkSectors(long sector, long count) {
        if (sector < 0 || count < 0 || sector > sectors() - count) {
            throw new IndexOutOfBoundsException(
                    "sector " + sector + " + count " + count + " > " + sectors());
        }
    }
}
