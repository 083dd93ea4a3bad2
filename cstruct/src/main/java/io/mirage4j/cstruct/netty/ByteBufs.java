// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.netty;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.CstructVector;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// `ByteBuf` to window and back, without a copy.
///
/// A window is over the octets that are readable when it is made; later moves of the buffer's
/// indices do not matter to it. It takes no reference: it is good as long as somebody holds one,
/// and [ByteBufWindow] is one who does. A buffer over a window keeps the window's memory reachable,
/// and tells when its last reference is gone.
public final class ByteBufs {
    /// The readable octets as one window; refused for a composite buffer of several parts.
    public static Cstruct window(ByteBuf buf) {
        return single(windows(buf));
    }

    /// The readable octets as windows, one for each part of a composite buffer.
    public static CstructVector<Cstruct> windows(ByteBuf buf) {
        checkReadable(buf);
        if (buf.isReadOnly()) {
            throw new IllegalArgumentException(
                    buf + " is read-only: use readOnlyWindows for windows without writers");
        }
        List<Cstruct> windows = new ArrayList<>();
        for (ByteBuffer part : parts(buf)) {
            windows.add(Cstruct.of(part));
        }
        return CstructVector.of(windows);
    }

    /// The readable octets of a buffer that may be read-only, as windows without writers. A buffer
    /// that is read-only must be direct: Netty does not show the array behind another.
    public static CstructVector<ReadOnlyCstruct> readOnlyWindows(ByteBuf buf) {
        checkReadable(buf);
        List<ReadOnlyCstruct> windows = new ArrayList<>();
        for (ByteBuffer part : parts(buf)) {
            windows.add(ReadOnlyCstruct.of(part));
        }
        return CstructVector.of(windows);
    }

    /// A buffer over a window, all of it readable. It has one reference, which the caller holds.
    public static ByteBuf wrap(Cstruct window) {
        return Unpooled.wrappedBuffer(window.asByteBuffer());
    }

    /// A read-only buffer over a window, all of it readable.
    public static ByteBuf wrap(ReadOnlyCstruct window) {
        return Unpooled.wrappedBuffer(window.asByteBuffer());
    }

    /// A buffer over a window, all of it readable, that runs `onRelease` when its last reference is
    /// released, once, in the thread that does it: to give a page back to its pool.
    public static ByteBuf wrap(Cstruct window, Runnable onRelease) {
        ByteBuffer memory = window.asByteBuffer();
        if (memory.hasArray()) {
            // The slice shares the reference count of the buffer over the whole array.
            return new ReleasingHeapByteBuf(memory.array(), onRelease)
                    .slice(memory.arrayOffset(), memory.remaining());
        }
        return new ReleasingDirectByteBuf(memory, onRelease);
    }

    static Cstruct single(CstructVector<Cstruct> windows) {
        return switch (windows.windows().size()) {
            case 0 -> Cstruct.empty();
            case 1 -> windows.windows().getFirst();
            default ->
                    throw new IllegalArgumentException(
                            windows + " is not one window: use windows() for a composite buffer");
        };
    }

    private static ByteBuffer[] parts(ByteBuf buf) {
        if (buf.hasArray()) {
            ByteBuffer whole = ByteBuffer.wrap(buf.array());
            return new ByteBuffer[] {
                whole.slice(buf.arrayOffset() + buf.readerIndex(), buf.readableBytes())
            };
        }
        return buf.nioBuffers(buf.readerIndex(), buf.readableBytes());
    }

    private static void checkReadable(ByteBuf buf) {
        if (buf.refCnt() == 0) throw new IllegalStateException(buf + " has been released");
    }

    private ByteBufs() {}
}
