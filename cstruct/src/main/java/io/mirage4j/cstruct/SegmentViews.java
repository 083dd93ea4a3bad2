// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What [NativeMemory] and [EternalMemory] read and write the octets of a segment by: plain ones in
/// little-endian order wherever they lie, those with a memory order aligned and in the machine's.
final class SegmentViews {
    static final ValueLayout.OfByte BYTES = ValueLayout.JAVA_BYTE;

    static final VarHandle BYTE = BYTES.varHandle();
    static final VarHandle SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    static final VarHandle INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    static final VarHandle LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    static final VarHandle ATOMIC_INT = ValueLayout.JAVA_INT.varHandle();
    static final VarHandle ATOMIC_LONG = ValueLayout.JAVA_LONG.varHandle();

    private SegmentViews() {}
}
