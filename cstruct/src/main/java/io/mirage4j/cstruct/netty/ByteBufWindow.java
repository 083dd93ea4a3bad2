// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.netty;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.CstructVector;
import io.netty.buffer.ByteBuf;

import java.util.concurrent.atomic.AtomicBoolean;

/// The readable octets of a `ByteBuf` as windows, without a copy, together with one reference to
/// the buffer: while this is open, the memory is there.
///
/// ```java
/// try (ByteBufWindow held = ByteBufWindow.retain(buf)) {
///     stack.receive(held.window(), now);
/// }
/// ```
///
/// However often it is closed, the reference is released once. A window must not be used after
/// that: Netty may have given the memory to somebody else, which nothing here can see.
public final class ByteBufWindow implements AutoCloseable {
    private final ByteBuf buf;
    private final CstructVector<Cstruct> windows;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ByteBufWindow(ByteBuf buf) {
        this.buf = buf;
        this.windows = ByteBufs.windows(buf);
    }

    /// Takes a reference of its own; the caller's stays the caller's.
    public static ByteBufWindow retain(ByteBuf buf) {
        buf.retain();
        try {
            return new ByteBufWindow(buf);
        } catch (RuntimeException e) {
            buf.release();
            throw e;
        }
    }

    /// Takes over the caller's reference, unless it throws.
    public static ByteBufWindow adopt(ByteBuf buf) {
        return new ByteBufWindow(buf);
    }

    /// The octets as one window; refused for a composite buffer of several.
    public Cstruct window() {
        checkOpen();
        return ByteBufs.single(windows);
    }

    /// The octets as windows, one for each part of a composite buffer.
    public CstructVector<Cstruct> windows() {
        checkOpen();
        return windows;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            buf.release();
        }
    }

    private void checkOpen() {
        if (closed.get()) throw new IllegalStateException("window over " + buf + " is closed");
    }
}
