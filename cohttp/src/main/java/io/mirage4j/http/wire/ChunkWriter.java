// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.Cstruct;

/// Writes what is around the data of chunks (RFC 9112, 7.1). Data of `size` octets take [#begin],
/// the data, and [#end]; [#last] and then a trailer section, which may be empty, end the content.
/// Each returns how many octets it wrote at `off`. Nothing here allocates.
public final class ChunkWriter {
    /// The most that [#begin] writes.
    public static final int MOST = 18;

    /// The size of a chunk, which must not be 0: that would be the last one.
    public static int begin(Cstruct out, int off, long size) {
        if (size <= 0) throw new IllegalArgumentException("chunk size " + size + " < 1");
        int digits = (67 - Long.numberOfLeadingZeros(size)) / 4;
        for (int i = 0; i < digits; i++) {
            int digit = (int) (size >>> (4 * (digits - 1 - i))) & 0xf;
            out.putU8(off + i, "0123456789abcdef".charAt(digit));
        }
        return digits + end(out, off + digits);
    }

    /// The line end behind the data of a chunk.
    public static int end(Cstruct out, int off) {
        out.putU16be(off, 0x0d0a);
        return 2;
    }

    /// The last chunk. Behind it come trailers, or [#end].
    public static int last(Cstruct out, int off) {
        out.putU8(off, '0');
        return 1 + end(out, off + 1);
    }

    private ChunkWriter() {}
}
