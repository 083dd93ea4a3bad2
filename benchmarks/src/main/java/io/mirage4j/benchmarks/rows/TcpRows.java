// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;
import static io.mirage4j.benchmarks.harness.Row.value;

import io.mirage4j.benchmarks.harness.Allocation;
import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.harness.SkippedException;

import java.io.IOException;
import java.util.List;

/// Our TCP over IP and Ethernet: beside lwIP, each with both its ends on a cable in memory, MTU
/// 1500 and all checksums made and looked at; and on a TAP that takes long segments beside Linux's
/// own TCP at both ends of a veth pair that does not. CPU time of the one thread that drives all.
final class TcpRows {
    private static final String MODULE = "tcpip";
    private static final String LWIP = "lwIP";
    private static final String VETH = "Linux over veth";
    private static final int KIB = 32;
    private static final int TAP_KIB = 64;
    private static final int SMALL = 64;

    /// Full segments only, so that the cable makes no new window for a frame's length.
    private static final int SEGMENTS = 16;

    private static final int SEGMENT = 1448;

    static List<Row> rows() {
        return List.of(
                compared(MODULE, "bulk-kib", LWIP, 0.5, TcpRows::bulk).perTurn(KIB),
                compared(MODULE, "round-trip-64", LWIP, 1.0, TcpRows::roundTrips),
                compared(MODULE, "tap-send-kib", VETH, 0.5, () -> tap(true)).perTurn(TAP_KIB),
                compared(MODULE, "tap-receive-kib", VETH, 0.5, () -> tap(false)).perTurn(TAP_KIB),
                value(MODULE, "segment-allocation", "octets", 0, TcpRows::allocation));
    }

    private static Pair<Body> bulk() throws Exception {
        CLibrary c = lwip();
        var cable = new TcpCable();
        return new Pair<>(times -> cable.bulk(times, KIB << 10), c.body("bulk", (long) KIB << 10));
    }

    private static Pair<Body> roundTrips() throws Exception {
        CLibrary c = lwip();
        var cable = new TcpCable();
        return new Pair<>(
                times -> cable.roundTrip(times, SMALL), c.body("round_trip", (long) SMALL));
    }

    private static CLibrary lwip() throws Exception {
        CLibrary c = CLibrary.of("tcpip.c");
        if (call(c, "open_connection") != 1) throw new IOException("lwIP does not connect");
        return c;
    }

    private static Pair<Body> tap(boolean send) throws Exception {
        CLibrary c = CLibrary.of("veth.c");
        if (call(c, "enter_namespace") != 0) {
            throw new SkippedException("no network namespace: it takes root and Debian's iproute2");
        }
        var tap =
                new TcpTap(
                        () -> {
                            if (call(c, "raise_tap") != 0) throw new IOException("TAP not raised");
                        });
        if (call(c, "open_veth") != 0) {
            throw new SkippedException("no pair of veth ports: the kernel has none");
        }
        int octets = TAP_KIB << 10;
        return new Pair<>(
                send ? times -> tap.send(times, octets) : times -> tap.receive(times, octets),
                c.body("veth_bulk", (long) octets));
    }

    /// What a segment of the established path leaves to the garbage collector, to a hundredth of an
    /// octet: what the measurement itself leaves is less.
    private static double allocation() throws Exception {
        var cable = new TcpCable();
        double each =
                Allocation.octetsPerTurn(times -> cable.bulk(times, SEGMENTS * SEGMENT)) / SEGMENTS;
        return Math.round(each * 100) / 100.0;
    }

    private static long call(CLibrary c, String name) {
        try {
            return c.body(name).run(1);
        } catch (Throwable t) {
            throw new AssertionError("C threw", t);
        }
    }

    private TcpRows() {}
}
