// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/// An end of a flow whose two ends are in this program. Each direction holds so many octets; who
/// writes more waits until they are read.
///
/// Reading and writing allocate nothing.
public final class MemoryFlow implements Flow {
    private final OctetPipe in;
    private final OctetPipe out;
    private final @Nullable Endpoint local;
    private final @Nullable Endpoint remote;
    private volatile long readTimeoutNanos;

    private MemoryFlow(
            OctetPipe in, OctetPipe out, @Nullable Endpoint local, @Nullable Endpoint remote) {
        this.in = in;
        this.out = out;
        this.local = local;
        this.remote = remote;
    }

    /// Both ends of a new flow.
    public record Pair(MemoryFlow left, MemoryFlow right) {}

    /// A new flow that holds `capacity` octets in each direction.
    public static Pair pair(int capacity) {
        return pair(capacity, null, null);
    }

    static Pair pair(int capacity, @Nullable Endpoint left, @Nullable Endpoint right) {
        var eastward = new OctetPipe(capacity);
        var westward = new OctetPipe(capacity);
        return new Pair(
                new MemoryFlow(westward, eastward, left, right),
                new MemoryFlow(eastward, westward, right, left));
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        return in.read(buf, readTimeoutNanos);
    }

    @Override
    public void write(ReadOnlyCstruct buf) throws IOException {
        out.write(buf);
    }

    @Override
    public void readTimeout(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("timeout " + nanos + " < 0");
        readTimeoutNanos = nanos;
    }

    @Override
    public void shutdownOutput() throws IOException {
        out.shutdown();
    }

    @Override
    public void abort() {
        in.abort();
        out.abort();
    }

    @Override
    public void close() {
        in.closeReader();
        out.closeWriter();
    }

    @Override
    public Optional<Endpoint> local() {
        return Optional.ofNullable(local);
    }

    @Override
    public Optional<Endpoint> remote() {
        return Optional.ofNullable(remote);
    }
}
