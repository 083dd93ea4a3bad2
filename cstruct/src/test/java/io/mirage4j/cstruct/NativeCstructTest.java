// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.lang.foreign.Arena;

class NativeCstructTest extends CstructContract {
    @Override
    Cstruct memory(int length) {
        return Cstruct.allocate(Arena.ofAuto(), length, 8);
    }
}
