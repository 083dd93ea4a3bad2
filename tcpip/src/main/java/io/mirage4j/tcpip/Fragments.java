// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tcpip.table.Reassembly;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.Verdict;

/// The datagrams of one version of IP that come in pieces, until they are whole or their time is
/// over.
final class Fragments {
    /// How a version writes the header that a datagram of pieces did not come with.
    @FunctionalInterface
    interface Header {
        /// Writes it into [Arrival#header].
        ///
        /// @param payload the octets behind it
        /// @param isPiece it is that of the first piece, not of the whole
        void put(Arrival a, int payload, int identification, boolean isPiece);
    }

    private final Stack stack;
    private final Arrival arrival;
    private final Header header;
    private final Reassembly reassembly;

    /// None yet.
    ///
    /// @param arrival where a datagram is read from whose time is over
    Fragments(Stack stack, Arrival arrival, long timeoutNanos, Header header) {
        this.stack = stack;
        this.arrival = arrival;
        this.header = header;
        int budget = stack.config.reassemblyOctets();
        reassembly = new Reassembly(budget, budget / 2, timeoutNanos, this::expired);
    }

    /// Takes a copy of the piece in `a`, which is that from `offset` on. After [Verdict#OK] see
    /// [#completes].
    Verdict add(Arrival a, int identification, int protocol, int offset, boolean more, long now) {
        return reassembly.add(
                a.sourceHigh,
                a.sourceLow,
                a.destinationHigh,
                a.destinationLow,
                identification,
                protocol,
                a.buf,
                a.off,
                a.len,
                offset,
                more,
                now);
    }

    /// Whether the last piece made its datagram whole, which then is what has arrived.
    boolean completes(Arrival a, int identification) {
        Cstruct whole = reassembly.takeWhole();
        if (whole == null) return false;
        a.protocol = reassembly.protocolOfWhole();
        header.put(a, whole.length(), identification, false);
        a.carries(whole);
        return true;
    }

    /// RFC 1122, 3.3.2; RFC 8200, 4.5: tell, if there is the first piece.
    private void expired(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int identification,
            int protocol,
            Cstruct first,
            long now) {
        Arrival a = arrival;
        a.sourceHigh = sourceHigh;
        a.sourceLow = sourceLow;
        a.destinationHigh = destinationHigh;
        a.destinationLow = destinationLow;
        a.linkGroup = false;
        a.toBroadcast = stack.locals.isBroadcast(destinationHigh, destinationLow);
        a.protocol = protocol;
        a.tos = 0;
        a.hopLimit = 1;
        header.put(a, first.length(), identification, true);
        a.carries(first);
        int type = a.isIpv4() ? IcmpWire.TIME_EXCEEDED : IcmpWire.TIME_EXCEEDED_V6;
        stack.icmpErrors.send(a, type, IcmpWire.REASSEMBLY, 0, now);
    }

    /// Forgets what has run out of time.
    void advance(long now) {
        if (reassembly.size() == 0) return;
        stack.drops.count(Verdict.FRAGMENT_TIMED_OUT, reassembly.advance(now));
    }

    long nextDeadline() {
        return reassembly.nextDeadline();
    }

    int cost() {
        return reassembly.cost();
    }
}
