// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Flow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/// A flow as a channel, for what is written to either.
final class FlowChannel implements ByteChannel {
    private final Flow flow;
    private volatile boolean closed;

    FlowChannel(Flow flow) {
        this.flow = flow;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        Cstruct octets = Cstruct.create(into.remaining());
        int length = flow.read(octets);
        if (length > 0) {
            into.put(octets.toByteArray(0, length));
        }
        return length == Flow.END ? -1 : length;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int length = from.remaining();
        flow.write(ReadOnlyCstruct.of(from));
        from.position(from.limit());
        return length;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        flow.close();
    }
}
