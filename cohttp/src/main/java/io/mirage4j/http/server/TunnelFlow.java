// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;

import java.io.IOException;
import java.util.Optional;

/// The flow of a connection that has become a tunnel. What came with the request is read first, and
/// writes are watched, as those of responses are.
final class TunnelFlow implements Flow {
    private final Flow flow;
    private final Input input;
    private final Output output;

    TunnelFlow(Flow flow, Input input, Output output) {
        this.flow = flow;
        this.input = input;
        this.output = output;
        flow.readTimeout(0);
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        int early = Math.min(input.length(), buf.length());
        if (early == 0) return flow.read(buf);
        input.copyTo(buf, early);
        input.consume(early);
        return early;
    }

    @Override
    public void write(ReadOnlyCstruct buf) throws IOException {
        output.write(buf);
        output.flush();
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
