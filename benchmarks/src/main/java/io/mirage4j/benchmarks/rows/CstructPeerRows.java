// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;
import static io.mirage4j.benchmarks.rows.CstructRows.PAGE;
import static io.mirage4j.benchmarks.rows.CstructRows.packet;

import io.mirage4j.benchmarks.harness.Allocation;
import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.cstruct.Cstruct;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Cstruct against the buffers that Java programs use, over the same memory and as they come: with
/// their checks on.
final class CstructPeerRows {
    /// Some of them compile to the same instructions, and the same code measured twice differs by a
    /// few percent; a goal that is missed by that is told.
    private static final double NO_SLOWER = 1.0;

    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    private static final ValueLayout.OfShort U16BE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG);
    private static final ValueLayout.OfInt U32BE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(BIG);

    static List<Row> rows() {
        return Stream.of(
                        rows("heap", CstructRows::heap),
                        rows("native", CstructRows::pages),
                        subWindows())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> rows(String memory, IntFunction<Cstruct> windows) {
        String sum = "sum-u32be-" + memory;
        String walk = "walk-ipv4-" + memory;
        return List.of(
                sum(sum, "netty", windows, window -> sum(netty(window))),
                sum(sum, "agrona", windows, window -> sum(agrona(window))),
                sum(sum, "segment", windows, window -> sum(window.asSegment())),
                walk(walk, "netty", windows, window -> walk(netty(window))),
                walk(walk, "agrona", windows, window -> walk(agrona(window))),
                walk(walk, "segment", windows, window -> walk(window.asSegment())));
    }

    private static List<Row> subWindows() {
        return List.of(
                compared(
                        "cstruct",
                        "sub-window",
                        "netty",
                        1,
                        () -> {
                            Cstruct window = CstructRows.pages(PAGE);
                            return new Pair<>(
                                    times -> subWindows(window, times), slices(netty(window)));
                        }),
                Row.value(
                        "cstruct",
                        "sub-window-allocation",
                        "octets",
                        0,
                        () -> {
                            Cstruct window = CstructRows.pages(PAGE);
                            return Allocation.octetsPerTurn(times -> subWindows(window, times));
                        }));
    }

    private static Row sum(
            String name, String peer, IntFunction<Cstruct> windows, Function<Cstruct, Body> body) {
        return compared(
                "cstruct",
                name,
                peer,
                NO_SLOWER,
                () -> {
                    Cstruct window = windows.apply(PAGE);
                    return new Pair<>(times -> CstructRows.sum(window, times), body.apply(window));
                });
    }

    private static Row walk(
            String name, String peer, IntFunction<Cstruct> windows, Function<Cstruct, Body> body) {
        return compared(
                "cstruct",
                name,
                peer,
                NO_SLOWER,
                () -> {
                    Cstruct window = windows.apply(PAGE);
                    return new Pair<>(times -> CstructRows.walk(window, times), body.apply(window));
                });
    }

    private static ByteBuf netty(Cstruct window) {
        return Unpooled.wrappedBuffer(window.asByteBuffer());
    }

    private static DirectBuffer agrona(Cstruct window) {
        return new UnsafeBuffer(window.asByteBuffer());
    }

    private static Body sum(ByteBuf buffer) {
        return times -> {
            long result = 0;
            for (int turn = 0; turn < times; turn++) {
                int length = buffer.capacity();
                int sum = 0;
                for (int off = 0; off < length; off += 4) {
                    sum += buffer.getInt(off);
                }
                result += sum;
            }
            return result;
        };
    }

    private static Body sum(DirectBuffer buffer) {
        return times -> {
            long result = 0;
            for (int turn = 0; turn < times; turn++) {
                int length = buffer.capacity();
                int sum = 0;
                for (int off = 0; off < length; off += 4) {
                    sum += buffer.getInt(off, BIG);
                }
                result += sum;
            }
            return result;
        };
    }

    private static Body sum(MemorySegment segment) {
        return times -> {
            long result = 0;
            for (int turn = 0; turn < times; turn++) {
                int length = (int) segment.byteSize();
                int sum = 0;
                for (int off = 0; off < length; off += 4) {
                    sum += segment.get(U32BE, off);
                }
                result += sum;
            }
            return result;
        };
    }

    private static Body walk(ByteBuf buffer) {
        return times -> {
            long result = 0;
            for (int turn = 0; turn < times; turn++) {
                int at = packet(turn);
                result +=
                        buffer.getUnsignedByte(at)
                                + buffer.getUnsignedShort(at + 2)
                                + buffer.getUnsignedShort(at + 6)
                                + buffer.getUnsignedByte(at + 8)
                                + buffer.getUnsignedByte(at + 9)
                                + buffer.getUnsignedInt(at + 12)
                                + buffer.getUnsignedInt(at + 16);
            }
            return result;
        };
    }

    private static Body walk(DirectBuffer buffer) {
        return times -> {
            long result = 0;
            for (int turn = 0; turn < times; turn++) {
                int at = packet(turn);
                result +=
                        (buffer.getByte(at) & 0xff)
                                + (buffer.getShort(at + 2, BIG) & 0xffff)
                                + (buffer.getShort(at + 6, BIG) & 0xffff)
                                + (buffer.getByte(at + 8) & 0xff)
                                + (buffer.getByte(at + 9) & 0xff)
                                + Integer.toUnsignedLong(buffer.getInt(at + 12, BIG))
                                + Integer.toUnsignedLong(buffer.getInt(at + 16, BIG));
            }
            return result;
        };
    }

    private static Body walk(MemorySegment segment) {
        return times -> {
            long result = 0;
            for (int turn = 0; turn < times; turn++) {
                int at = packet(turn);
                result +=
                        (segment.get(ValueLayout.JAVA_BYTE, at) & 0xff)
                                + (segment.get(U16BE, at + 2) & 0xffff)
                                + (segment.get(U16BE, at + 6) & 0xffff)
                                + (segment.get(ValueLayout.JAVA_BYTE, at + 8) & 0xff)
                                + (segment.get(ValueLayout.JAVA_BYTE, at + 9) & 0xff)
                                + Integer.toUnsignedLong(segment.get(U32BE, at + 12))
                                + Integer.toUnsignedLong(segment.get(U32BE, at + 16));
            }
            return result;
        };
    }

    private static long subWindows(Cstruct window, int times) {
        long result = 0;
        for (int turn = 0; turn < times; turn++) {
            Cstruct packet = window.sub(packet(turn), 20);
            result += packet.length() + packet.u8(0);
        }
        return result;
    }

    private static Body slices(ByteBuf buffer) {
        return times -> {
            long result = 0;
            for (int turn = 0; turn < times; turn++) {
                ByteBuf packet = buffer.slice(packet(turn), 20);
                result += packet.capacity() + packet.getUnsignedByte(0);
            }
            return result;
        };
    }

    private CstructPeerRows() {}
}
