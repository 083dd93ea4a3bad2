// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.netty;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.PagePool;
import io.mirage4j.cstruct.PageSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// Pages out of the direct memory of one of Netty's allocators, the pooled one for example: then
/// what a [PagePool] has counts in Netty's metrics and limits. A page more than asked for is taken,
/// so as to begin at a multiple of [PagePool#PAGE].
///
/// The memory is one `ByteBuf`, released when the pool is closed.
public final class NettyPages implements PageSource {
    private final ByteBufAllocator allocator;

    public NettyPages(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    @Override
    public Region allocate(int octets) {
        if (octets < 0 || octets > Integer.MAX_VALUE - PagePool.PAGE) {
            throw new IllegalArgumentException(
                    octets + " octets and a page for alignment are not in 0.." + Integer.MAX_VALUE);
        }
        int room = octets + PagePool.PAGE;
        ByteBuf buf = allocator.directBuffer(room, room).writerIndex(room);
        Cstruct window = ByteBufs.window(buf);
        int beyond = (int) (window.asSegment().address() % PagePool.PAGE);
        int skipped = (PagePool.PAGE - beyond) % PagePool.PAGE;
        return new Region(window.sub(skipped, octets), buf::release);
    }
}
