// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;
import static io.mirage4j.benchmarks.harness.Row.comparedInTwoThreads;

import io.mirage4j.benchmarks.harness.CacheLine;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;

import java.util.List;

/// The request/response ring against the macros of Xen's header (`ring.c` is the twin of this), and
/// the record ring against the rings of Java. An operation is a request with its response, or a
/// record.
final class RingRows {
    private static final String MODULE = "shared-memory-ring";

    static List<Row> rows() {
        return List.of(
                batches("batch-1-slot-12", SlotSize.SMALL, 1, 1.15),
                batches("batch-1-slot-112", SlotSize.LARGE, 1, 1.15),
                batches("batch-32-slot-12", SlotSize.SMALL, 32, 1.25),
                batches("batch-32-slot-112", SlotSize.LARGE, 32, 1.25),
                compared(
                                MODULE,
                                "batch-32-slot-12",
                                "raw addresses in Java",
                                1.25,
                                () ->
                                        new Pair<>(
                                                new SlotRing(SlotSize.SMALL).batches(32),
                                                new RawRing().batches(32)))
                        .perTurn(32),
                inFlight("ping-pong-slot-12", SlotSize.SMALL, 1, 1.0),
                inFlight("ping-pong-slot-112", SlotSize.LARGE, 1, 1.0),
                comparedInTwoThreads(
                        MODULE,
                        "ping-pong-slot-12",
                        "cache line",
                        1.4,
                        () ->
                                new Pair<>(
                                        new SlotRing(SlotSize.SMALL).roundTrips(),
                                        CacheLine.pingPong())),
                inFlight("window-256-slot-12", SlotSize.SMALL, 256, 1.25),
                inFlight("window-32-slot-112", SlotSize.LARGE, 32, 1.25),
                comparedInTwoThreads(
                        MODULE,
                        "records-of-12",
                        "Agrona OneToOneRingBuffer",
                        1.0,
                        () -> new Pair<>(RecordRings.ours(), RecordRings.agrona())),
                comparedInTwoThreads(
                        MODULE,
                        "records-of-12",
                        "JCTools SpscArrayQueue",
                        1.0,
                        () -> new Pair<>(RecordRings.ours(), RecordRings.jctools())));
    }

    /// One thread is front and back in turn: `batch` requests go over, then their responses back.
    private static Row batches(String name, SlotSize slots, int batch, double goal) {
        return compared(
                        MODULE,
                        name,
                        "C",
                        goal,
                        () ->
                                new Pair<>(
                                        new SlotRing(slots).batches(batch),
                                        new SlotRingInC(slots).batches(batch)))
                .perTurn(batch);
    }

    /// Two threads, at most `window` requests on their way.
    private static Row inFlight(String name, SlotSize slots, int window, double goal) {
        return comparedInTwoThreads(
                MODULE,
                name,
                "C",
                goal,
                () ->
                        new Pair<>(
                                new SlotRing(slots).inFlight(window),
                                new SlotRingInC(slots).inFlight(window)));
    }

    private RingRows() {}
}
