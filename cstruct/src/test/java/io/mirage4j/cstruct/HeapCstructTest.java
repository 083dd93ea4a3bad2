// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

class HeapCstructTest extends CstructContract {
    @Override
    Cstruct memory(int length) {
        return Cstruct.of(new byte[length + 24], 8, length);
    }
}
