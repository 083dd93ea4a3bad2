// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import org.graalvm.nativeimage.PinnedObject;

import java.io.OutputStream;

/// Standard output of an image: octets go to the console as they are.
final class ConsoleStream extends OutputStream {
    private final Calls calls;

    ConsoleStream(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int at, int len) {
        if (len > 0) {
            try (PinnedObject pinned = PinnedObject.create(octets)) {
                calls.consoleWrite(pinned.addressOfArrayElement(at).rawValue(), len);
            }
        }
    }
}
