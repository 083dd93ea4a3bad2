// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/// Where a function of the C library leaves its error number on the way, for the calls of one
/// thread at a time.
final class CallState {
    private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final int STATES_AT_ONCE = 256;

    /// Where states are cut from; an arena for each would cost a flow more than its state does.
    private static MemorySegment states = MemorySegment.NULL;

    /// What a handle of [CLibrary] takes first.
    final MemorySegment memory = cut();

    private static synchronized MemorySegment cut() {
        if (states.byteSize() < LAYOUT.byteSize()) {
            states = Arena.ofAuto().allocate(LAYOUT, STATES_AT_ONCE);
        }
        MemorySegment state = states.asSlice(0, LAYOUT.byteSize());
        states = states.asSlice(LAYOUT.byteSize());
        return state;
    }

    /// What the kernel returned: a number from 0 on, or an error number below 0.
    int result(int returned) {
        return returned != -1 ? returned : -error();
    }

    long result(long returned) {
        return returned != -1 ? returned : -error();
    }

    private int error() {
        return (int) ERRNO.get(memory, 0L);
    }
}
