// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Flow;

import java.io.IOException;

/// A flow that hands out what comes in small pieces, and goes no further than so many octets: there
/// it ends, in order or not.
final class FaultyFlow implements Flow {
    /// How it ends.
    enum End {
        IN_ORDER,
        ABORTED
    }

    private final Flow flow;
    private final int piece;
    private final End end;
    private long left;

    FaultyFlow(Flow flow, int piece, long octets, End end) {
        this.flow = flow;
        this.piece = piece;
        this.end = end;
        left = octets;
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        if (left == 0) {
            if (end == End.ABORTED) {
                flow.abort();
                throw new IOException("flow was cut");
            }
            return END;
        }
        int most = (int) Math.min(Math.min(piece, buf.length()), left);
        int count = flow.read(buf.sub(0, most));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public void write(ReadOnlyCstruct buf) throws IOException {
        for (int at = 0; at < buf.length(); at += piece) {
            flow.write(buf.sub(at, Math.min(piece, buf.length() - at)));
        }
    }

    @Override
    public void readTimeout(long nanos) {
        flow.readTimeout(nanos);
    }

    @Override
    public void shutdownOutput() throws IOException {
        flow.shutdownOutput();
    }

    @Override
    public void abort() {
        flow.abort();
    }

    @Override
    public void close() throws IOException {
        flow.close();
    }
}
