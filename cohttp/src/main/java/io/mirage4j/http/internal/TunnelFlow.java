// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.internal;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;

import java.io.IOException;
import java.util.Optional;

/// The flow of a connection that has become a tunnel. What came behind the head is read first.
public final class TunnelFlow implements Flow {
    /// How the octets get into the flow.
    @FunctionalInterface
    public interface Writing {
        void write(ReadOnlyCstruct octets) throws IOException;
    }

    private final Flow flow;
    private final Writing writing;
    private ReadOnlyCstruct early;

    /// @param early what came already; it stays as it is
    public TunnelFlow(Flow flow, ReadOnlyCstruct early, Writing writing) {
        this.flow = flow;
        this.early = early;
        this.writing = writing;
        flow.readTimeout(0);
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        int count = Math.min(early.length(), buf.length());
        if (count == 0) return flow.read(buf);
        early.copyTo(0, buf, 0, count);
        early = early.shift(count);
        return count;
    }

    @Override
    public void write(ReadOnlyCstruct buf) throws IOException {
        writing.write(buf);
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

    @Override
    public Optional<Endpoint> remote() {
        return flow.remote();
    }

    @Override
    public Optional<Endpoint> local() {
        return flow.local();
    }
}
