// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Console;

/// The console of the board. Native memory is written from where it is, a heap array from a copy.
final class BoardConsole implements Console {
    private final Calls calls;

    BoardConsole(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void write(ReadOnlyCstruct text) {
        if (text.isEmpty()) return;
        try (Addressed addressed = Addressed.of(text)) {
            calls.consoleWrite(addressed.address(), text.length());
        }
    }
}
