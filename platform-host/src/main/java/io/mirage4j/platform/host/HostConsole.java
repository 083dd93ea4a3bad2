// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Console;

import java.io.PrintStream;

/// The standard output. Any thread may write; what one call writes stays together.
public final class HostConsole implements Console {
    private final PrintStream out;

    public HostConsole() {
        this(System.out);
    }

    HostConsole(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(ReadOnlyCstruct text) {
        // A print stream swallows its failures, as the contract wants it.
        out.write(text.toByteArray(), 0, text.length());
        out.flush();
    }
}
