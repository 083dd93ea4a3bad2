// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.platform.SipHash;

import org.jspecify.annotations.Nullable;

/// The connections by their four-tuples and UDP ports: open addressing, linear probing, a keyed
/// hash so that nobody can choose what collides. Looking up allocates nothing.
final class ConnectionTable {
    private final SipHash hash;
    private @Nullable TcpConnection[] slots = new TcpConnection[64];
    private int size;

    /// What was found last, since segments come in trains; null or in the table.
    private @Nullable TcpConnection latest;

    ConnectionTable(SipHash hash) {
        this.hash = hash;
    }

    int size() {
        return size;
    }

    /// Finds the connection of a segment that came in: the envelope's destination is local.
    @Nullable TcpConnection find(Envelope e, int remotePort, int localPort) {
        return find(
                e.destinationHigh,
                e.destinationLow,
                localPort,
                e.sourceHigh,
                e.sourceLow,
                remotePort);
    }

    @Nullable TcpConnection find(
            long localHigh,
            long localLow,
            int localPort,
            long remoteHigh,
            long remoteLow,
            int remotePort) {
        TcpConnection c = latest;
        if (c != null && is(c, localHigh, localLow, localPort, remoteHigh, remoteLow, remotePort)) {
            return c;
        }
        int mask = slots.length - 1;
        int i = hash(localHigh, localLow, localPort, remoteHigh, remoteLow, remotePort) & mask;
        while ((c = slots[i]) != null) {
            if (is(c, localHigh, localLow, localPort, remoteHigh, remoteLow, remotePort)) {
                latest = c;
                return c;
            }
            i = i + 1 & mask;
        }
        return null;
    }

    private static boolean is(
            TcpConnection c,
            long localHigh,
            long localLow,
            int localPort,
            long remoteHigh,
            long remoteLow,
            int remotePort) {
        return c.remotePort == remotePort
                && c.localPort == localPort
                && c.remoteLow == remoteLow
                && c.localLow == localLow
                && c.remoteHigh == remoteHigh
                && c.localHigh == localHigh;
    }

    private int hash(
            long localHigh,
            long localLow,
            int localPort,
            long remoteHigh,
            long remoteLow,
            int remotePort) {
        long h =
                hash.start()
                        .add(remoteHigh)
                        .add(remoteLow)
                        .add(localHigh ^ Long.rotateLeft(localLow, 23))
                        .add((long) localPort << 16 | remotePort)
                        .finish();
        return (int) (h ^ h >>> Integer.SIZE);
    }

    private int hash(TcpConnection c) {
        return hash(c.localHigh, c.localLow, c.localPort, c.remoteHigh, c.remoteLow, c.remotePort);
    }

    void add(TcpConnection c) {
        if (size >= slots.length / 2) {
            grow();
        }
        insert(c);
        size++;
    }

    private void insert(TcpConnection c) {
        int mask = slots.length - 1;
        int i = hash(c) & mask;
        while (slots[i] != null) i = i + 1 & mask;
        slots[i] = c;
    }

    private void grow() {
        @Nullable TcpConnection[] old = slots;
        slots = new TcpConnection[old.length * 2];
        for (TcpConnection c : old) {
            if (c != null) {
                insert(c);
            }
        }
    }

    /// Takes `c` out if it is there, and closes the gap so that probing needs no tombstones.
    void remove(TcpConnection c) {
        if (latest == c) {
            latest = null;
        }
        int mask = slots.length - 1;
        int i = hash(c) & mask;
        while (slots[i] != c) {
            if (slots[i] == null) return;
            i = i + 1 & mask;
        }
        size--;
        int gap = i;
        while (true) {
            i = i + 1 & mask;
            TcpConnection next = slots[i];
            if (next == null) break;
            int home = hash(next) & mask;
            // It may move to the gap iff its home is not between the gap and where it is.
            if ((i - home & mask) >= (i - gap & mask)) {
                slots[gap] = next;
                gap = i;
            }
        }
        slots[gap] = null;
    }

    /// Calls `visitor` for each; it may not add or remove.
    void forEach(java.util.function.Consumer<TcpConnection> visitor) {
        for (TcpConnection c : slots) {
            if (c != null) {
                visitor.accept(c);
            }
        }
    }
}
