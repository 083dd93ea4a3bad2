// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mirage4j.cstruct.Fields.Reader;
import io.mirage4j.cstruct.Fields.Writer;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// What an arena's end, another thread, and memory of the wrong kind do to a window.
class LifetimeTest {
    /// Everything that touches the octets of `window`, which has at least 8.
    private static List<ThrowingCallable> accesses(Cstruct window) {
        List<ThrowingCallable> all = new ArrayList<>();
        for (Reader reader : Fields.READERS) {
            all.add(() -> reader.ours().from(window, 0));
        }
        for (Writer writer : Fields.WRITERS) {
            all.add(() -> writer.ours().to(window, 0, 1));
        }
        Cstruct heap = Cstruct.create(window.length());
        all.addAll(
                List.of(
                        () -> window.getIntOpaque(0),
                        () -> window.getIntAcquire(0),
                        () -> window.getIntVolatile(0),
                        () -> window.putIntOpaque(0, 1),
                        () -> window.putIntRelease(0, 1),
                        () -> window.putIntVolatile(0, 1),
                        () -> window.compareAndSetInt(0, 0, 1),
                        () -> window.getAndAddInt(0, 1),
                        () -> window.getLongOpaque(0),
                        () -> window.getLongAcquire(0),
                        () -> window.getLongVolatile(0),
                        () -> window.putLongOpaque(0, 1),
                        () -> window.putLongRelease(0, 1),
                        () -> window.putLongVolatile(0, 1),
                        () -> window.compareAndSetLong(0, 0, 1),
                        () -> window.getAndAddLong(0, 1),
                        () -> window.fill(0),
                        () -> window.put(0, new byte[8]),
                        () -> window.put(0, heap),
                        () -> heap.put(0, window),
                        () -> window.copyTo(0, window, 0, 4),
                        () -> window.toByteArray(),
                        () -> window.text(StandardCharsets.UTF_8),
                        () -> window.putText(0, "text", StandardCharsets.UTF_8),
                        () -> window.indexOf(1),
                        () -> window.lastIndexOf(1),
                        () -> window.indexOf(Cstruct.create(2)),
                        () -> window.mismatch(heap),
                        () -> window.hashCode(),
                        () -> InternetChecksum.onesComplementSum(window),
                        () -> Cstruct.concat(List.of(window))));
        return all;
    }

    @Test
    void aClosedArenaIsNamed() {
        for (Arena arena : List.of(Arena.ofConfined(), Arena.ofShared())) {
            Cstruct window = Cstruct.allocate(arena, 64, 8);
            String address = Long.toHexString(window.asSegment().address());
            Cstruct part = window.sub(8, 16);
            arena.close();
            for (ThrowingCallable access : accesses(part)) {
                assertThatThrownBy(access)
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "64 octets at 0x" + address + " are gone: their arena is closed");
            }
        }
    }

    @Test
    void offsetsAreCheckedBeforeTheArenaIs() {
        Cstruct window;
        try (Arena arena = Arena.ofConfined()) {
            window = Cstruct.allocate(arena, 64, 8);
        }
        assertThatThrownBy(() -> window.u64be(70))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 70 + length 8 > 64");
        assertThat(window.length()).isEqualTo(64);
        assertThat(window).hasToString("Cstruct[64 native]");
    }

    @Test
    void anotherThreadIsToldThatTheArenaIsConfined() throws InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            Cstruct window = Cstruct.allocate(arena, 64, 8);
            String address = Long.toHexString(window.asSegment().address());
            List<Throwable> thrown = new ArrayList<>();
            Thread stranger =
                    Thread.ofPlatform()
                            .name("stranger")
                            .start(
                                    () -> {
                                        for (ThrowingCallable access : accesses(window)) {
                                            thrown.add(catchThrowable(access));
                                        }
                                    });
            stranger.join();
            assertThat(thrown)
                    .hasSameSizeAs(accesses(window))
                    .allSatisfy(
                            e ->
                                    assertThat(e)
                                            .isExactlyInstanceOf(IllegalStateException.class)
                                            .hasMessage(
                                                    "64 octets at 0x"
                                                            + address
                                                            + " are in a confined arena that"
                                                            + " thread stranger does not own"));
        }
    }

    /// A reader in a tight loop and the close race: the reader reads or is refused, never more.
    @Test
    @Timeout(60)
    void aSharedArenaClosesUnderReaders() throws InterruptedException {
        int rounds = Boolean.getBoolean("mirage.full") ? 500 : 20;
        for (int round = 0; round < rounds; round++) {
            Arena arena = Arena.ofShared();
            Cstruct window = Cstruct.allocate(arena, 4096, 8);
            window.fill(0x11);
            var ending = new AtomicReference<Throwable>();
            var reading = new CountDownLatch(1);
            Thread reader =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            while (true) {
                                                for (int off = 0; off < 4096; off += 4) {
                                                    if (window.u32be(off) != 0x11111111) {
                                                        throw new AssertionError("not ours");
                                                    }
                                                }
                                                reading.countDown();
                                            }
                                        } catch (Throwable e) {
                                            ending.set(e);
                                            reading.countDown();
                                        }
                                    });
            reading.await();
            arena.close();
            reader.join();
            assertThat(ending.get())
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("are gone: their arena is closed");
        }
    }

    @Test
    void arraysOfOtherTypesAreRefused() {
        for (MemorySegment segment :
                List.of(
                        MemorySegment.ofArray(new long[8]),
                        MemorySegment.ofArray(new int[8]),
                        MemorySegment.ofArray(new char[8]),
                        MemorySegment.ofArray(new double[8]))) {
            assertThatThrownBy(() -> Cstruct.of(segment))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "memory of "
                                    + segment.byteSize()
                                    + " octets is a heap array but no byte[]");
        }
    }

    @Test
    void readOnlyHeapMemoryIsRefusedWithAWayOut() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[8]).asReadOnlyBuffer();
        assertThatThrownBy(() -> ReadOnlyCstruct.of(buffer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("copy its octets");
        assertThatThrownBy(
                        () -> ReadOnlyCstruct.of(MemorySegment.ofArray(new byte[8]).asReadOnly()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("copy its octets");
    }

    @Test
    void aSegmentPastTwoGibibytesIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment page = arena.allocate(16);
            assertThat(Cstruct.of(page.asSlice(4, 8)).length()).isEqualTo(8);
        }
        // Address space only; nothing reads it.
        MemorySegment large = MemorySegment.ofAddress(4096).reinterpret(1L << 31);
        assertThatThrownBy(() -> Cstruct.of(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2147483648 octets")
                .hasMessageContaining("2147483647");
    }

    @Test
    void aNegativeLengthIsRefused() {
        assertThatThrownBy(() -> Cstruct.create(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length -1 < 0");
        assertThatThrownBy(() -> Cstruct.of(new byte[4], 2, 3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("offset 2 + length 3 > 4");
    }

    @Test
    void concatOfMoreThanAWindowCanBeIsRefused() {
        Cstruct half = Cstruct.of(MemorySegment.ofAddress(4096).reinterpret(1L << 30));
        assertThatThrownBy(() -> Cstruct.concat(List.of(half, half)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parts of 2147483648 octets are more than a window can be");
    }
}
