// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.nio.ByteBuffer;

class DirectBufferCstructTest extends CstructContract {
    @Override
    Cstruct memory(int length) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length + 24).alignedSlice(8);
        return Cstruct.of(buffer.position(8).limit(8 + length));
    }
}
