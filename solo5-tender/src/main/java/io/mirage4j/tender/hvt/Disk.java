// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import java.io.IOException;

/// The sectors behind a block device of a guest. Requests lie in its capacity and in memory that
/// the guest may use so.
interface Disk extends AutoCloseable {
    long capacityOctets();

    int sectorOctets();

    void read(GuestMemory memory, long address, long length, long offset) throws IOException;

    void write(GuestMemory memory, long address, long length, long offset) throws IOException;

    @Override
    default void close() {}
}
