// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Flow;

import java.io.EOFException;
import java.io.IOException;

/// Messages on a stream, each behind its length (RFC 1035, 4.2.2). Used by one thread.
final class FramedMessages {
    private static final int PREFIX = 2;

    private final Flow flow;
    private final Cstruct buf = Cstruct.create(PREFIX + 0xffff);

    FramedMessages(Flow flow) {
        this.flow = flow;
    }

    void write(ReadOnlyCstruct message) throws IOException {
        buf.putU16be(0, message.length());
        buf.put(PREFIX, message);
        flow.write(buf.sub(0, PREFIX + message.length()));
    }

    /// The next message, valid until the next call.
    ///
    /// @throws EOFException if the other end closed instead
    Cstruct read() throws IOException {
        fill(0, PREFIX);
        int length = buf.u16be(0);
        fill(PREFIX, length);
        return buf.sub(PREFIX, length);
    }

    private void fill(int off, int length) throws IOException {
        for (int have = 0; have < length; ) {
            int read = flow.read(buf.sub(off + have, length - have));
            if (read == Flow.END) throw new EOFException("closed after " + have + " octets");
            have += read;
        }
    }
}
