// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/// Windows over the pages of Netty's pooled allocator, seen as its NIO buffers.
class NettyCstructTest extends CstructContract {
    private static final int POOL_LENGTH = 1 << 16;
    private static final ByteBuf POOL = PooledByteBufAllocator.DEFAULT.directBuffer(POOL_LENGTH);

    private int next;

    @Override
    Cstruct memory(int length) {
        int rounded = (length + 7) & -8;
        if (next + rounded > POOL_LENGTH) {
            next = 0;
        }
        Cstruct memory = Cstruct.of(POOL.nioBuffer(next, length));
        next += rounded;
        return memory;
    }
}
