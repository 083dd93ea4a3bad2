// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

/// What the established path and an idle connection take of the heap.
class AllocationTest {
    private static final boolean FULL = Boolean.getBoolean("mirage.full");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    @Test
    void segmentsOfAnEstablishedConnectionAllocateNothing() {
        var wire = new Loopback(TcpParameters.linux(), 1500);
        TcpListener listener = wire.b.listen(80, 8, new TcpSettings());
        TcpConnection client = wire.a.connect(Link.fromAToB(), 0, 80, new TcpSettings(), wire.now);
        wire.run();
        TcpConnection server = listener.accept();
        Cstruct data = Cstruct.create(16_384);
        bulk(wire, client, server, data, 20_000);
        long before = allocated();
        long segmentsBefore = wire.segments;
        bulk(wire, client, server, data, 20_000);
        // The measurement itself allocates a little, and so may a compiler thread's hand-over.
        assertThat(allocated() - before).isLessThan((wire.segments - segmentsBefore) / 10);
    }

    private static void bulk(
            Loopback wire, TcpConnection client, TcpConnection server, Cstruct data, int rounds) {
        for (int i = 0; i < rounds; i++) {
            client.write(data, 0, data.length(), wire.now);
            server.write(data, 0, 64, wire.now);
            wire.run();
            server.read(data, 0, data.length(), wire.now);
            client.read(data, 0, data.length(), wire.now);
            if (i % 16 == 0) {
                wire.advance(1_000_000L);
            }
        }
    }

    @Test
    void anIdleConnectionTakesLessThan1024Octets() {
        int count = FULL ? 1_000_000 : 100_000;
        var wire = new Loopback(TcpParameters.linux(), 1500);
        var settings = new TcpSettings();
        TcpListener listener = wire.b.listen(80, 8, settings);
        Cstruct data = Cstruct.create(1000);
        for (int i = 0; i < 1000; i++) open(wire, listener, settings, data, i);
        long before = used();
        for (int i = 0; i < count; i++) open(wire, listener, settings, data, 1000 + i);
        // Each stack has one end of each.
        long each = (used() - before) / (2L * count);
        System.out.println(
                "tcpip: "
                        + wire.b.connections()
                        + " idle connections take "
                        + each
                        + " octets each");
        assertThat(wire.b.connections()).isEqualTo(count + 1000);
        assertThat(each).isLessThan(1024);
        wire.b.forEach(c -> assertThat(c.state()).isEqualTo(TcpState.ESTABLISHED));
    }

    @Test
    void aHundredThousandConnectionsOpenedAndClosedLeaveNothing() {
        var wire = new Loopback(TcpParameters.linux(), 1500);
        var settings = new TcpSettings();
        TcpListener listener = wire.b.listen(80, 8, settings);
        Cstruct data = Cstruct.create(1000);
        openAndClose(wire, listener, settings, data, 2000);
        long before = used();
        openAndClose(wire, listener, settings, data, 100_000);
        assertThat(wire.a.connections() + wire.b.connections()).isZero();
        assertThat(wire.a.memoryInUse() + wire.b.memoryInUse()).isZero();
        // Less than one octet of each may seem to be left, by what else the JVM does meanwhile.
        assertThat(used() - before).isLessThan(2_000_000);
    }

    private static void openAndClose(
            Loopback wire, TcpListener listener, TcpSettings settings, Cstruct data, int count) {
        for (int i = 0; i < count; i++) {
            Ends ends = open(wire, listener, settings, data, i);
            ends.client.close(wire.now);
            wire.run();
            ends.server.close(wire.now);
            wire.run();
            while (wire.a.nextEvent() != null || wire.b.nextEvent() != null) {}
        }
        wire.advance(120_000_000_000L);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) Runtime.getRuntime().gc();
        Runtime r = Runtime.getRuntime();
        return r.totalMemory() - r.freeMemory();
    }

    private record Ends(TcpConnection client, TcpConnection server) {}

    /// A connection over which something went both ways, and then nothing for a while.
    private static Ends open(
            Loopback wire, TcpListener listener, TcpSettings settings, Cstruct data, int i) {
        var e = new Envelope().addresses(Link.A, Link.B);
        int port = 1024 + i % 60_000;
        // More than one port's worth: the client's address stands in for many.
        e.addresses(0, Envelope.mapped(Link.A + i / 60_000), 0, Envelope.mapped(Link.B));
        TcpConnection c = wire.a.connect(e, port, 80, settings, wire.now);
        wire.source = Link.A + i / 60_000;
        wire.run();
        TcpConnection server = listener.accept();
        c.write(data, 0, 1000, wire.now);
        wire.run();
        server.read(data, 0, 1000, wire.now);
        server.write(data, 0, 500, wire.now);
        wire.run();
        c.read(data, 0, 1000, wire.now);
        wire.run();
        wire.advance(50_000_000L);
        return new Ends(c, server);
    }
}
