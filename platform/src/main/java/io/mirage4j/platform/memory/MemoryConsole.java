// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A console that keeps what was written. Any thread may write.
public final class MemoryConsole implements Console {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public void write(ReadOnlyCstruct text) {
        written.writeBytes(text.toByteArray());
    }

    /// All that was written, as UTF-8.
    public String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
