// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;

import java.nio.ByteBuffer;

/// A buffer over memory of somebody else, who is told when its last reference is gone.
final class ReleasingDirectByteBuf extends UnpooledDirectByteBuf {
    private final Runnable onRelease;

    ReleasingDirectByteBuf(ByteBuffer memory, Runnable onRelease) {
        super(UnpooledByteBufAllocator.DEFAULT, memory, memory.remaining());
        this.onRelease = onRelease;
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        onRelease.run();
    }
}
