// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/// A buffer over an array of somebody else, who is told when its last reference is gone.
final class ReleasingHeapByteBuf extends UnpooledHeapByteBuf {
    private final Runnable onRelease;

    ReleasingHeapByteBuf(byte[] array, Runnable onRelease) {
        super(UnpooledByteBufAllocator.DEFAULT, array, array.length);
        this.onRelease = onRelease;
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        onRelease.run();
    }
}
