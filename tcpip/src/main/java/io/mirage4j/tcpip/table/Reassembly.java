// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts datagrams together again from their pieces, of both versions.
///
/// A piece that overlaps another condemns its datagram: all that is there of it is forgotten, and
/// what comes later is dropped until its time is over (RFC 5722; RFC 8200, 4.5). Only an exact copy
/// of a piece is ignored. Memory is bounded three ways: over all, by source, and by pieces of one
/// datagram; when all is used up the oldest datagram goes, so that who sends in time gets through.
///
/// Pieces are copied into an array that grows with the highest octet; which octets are there is a
/// list of gaps as in RFC 815, kept here in its complement: sorted ranges.
public final class Reassembly {
    private static final int MAX_DATAGRAM = 0xffff;

    /// 65,535 octets in pieces of 576, with room for uneven ones.
    private static final int MAX_PIECES = 128;

    /// What a datagram costs beside its octets.
    private static final int OVERHEAD = 512;

    /// Who a piece belongs to.
    private record Key(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int identification,
            int protocol) {
        Source source() {
            return new Source(sourceHigh, sourceLow);
        }
    }

    private record Source(long high, long low) {}

    /// A datagram that is not whole yet.
    private static final class Partial {
        final long deadline;
        byte[] octets = {};

        /// Range `i` is from `ranges[2 i]` to before `ranges[2 i + 1]`; sorted, apart, not merged.
        int[] ranges = new int[8];

        int pieces;
        int present;
        int total = -1;
        int protocol;
        int cost = OVERHEAD;
        boolean condemned;

        Partial(long deadline) {
            this.deadline = deadline;
        }
    }

    /// Told of a datagram whose time is over, and that had its first piece.
    @FunctionalInterface
    public interface Expired {
        /// Hears of one.
        ///
        /// @param first what there is of it, from its first octet
        void expired(
                long sourceHigh,
                long sourceLow,
                long destinationHigh,
                long destinationLow,
                int identification,
                int protocol,
                Cstruct first,
                long nowNanos);
    }

    private final int budget;
    private final int sourceBudget;
    private final long timeoutNanos;
    private final Expired expired;
    private final Map<Key, Partial> partials = new LinkedHashMap<>();
    private final Map<Source, int[]> costBySource = new HashMap<>();
    private int cost;
    private @Nullable Cstruct whole;
    private int protocolOfWhole;

    /// Holds nothing yet.
    ///
    /// @param budget octets over all
    /// @param sourceBudget octets of one source
    public Reassembly(int budget, int sourceBudget, long timeoutNanos, Expired expired) {
        this.budget = budget;
        this.sourceBudget = sourceBudget;
        this.timeoutNanos = timeoutNanos;
        this.expired = expired;
    }

    /// What all datagrams cost now, in octets.
    public int cost() {
        return cost;
    }

    /// How many datagrams are not whole.
    public int size() {
        return partials.size();
    }

    /// The datagram that the last [#add] completed, or null: once, and valid until the next one.
    public @Nullable Cstruct takeWhole() {
        Cstruct result = whole;
        whole = null;
        return result;
    }

    /// What that datagram carries, as its first piece says.
    public int protocolOfWhole() {
        return protocolOfWhole;
    }

    /// Takes a copy of a piece: `len` octets at `off`, which are those from `offset` of the
    /// datagram; `more` if it is not the last. After [Verdict#OK] see [#takeWhole].
    public Verdict add(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int identification,
            int protocol,
            ReadOnlyCstruct buf,
            int off,
            int len,
            int offset,
            boolean more,
            long nowNanos) {
        whole = null;
        if (len == 0 || (more && (len & 7) != 0)) return Verdict.FRAGMENT_BAD_LENGTH;
        if (offset + len > MAX_DATAGRAM) return Verdict.FRAGMENT_TOO_LONG;
        // RFC 8200, 4.5: in IPv6 the first piece alone says what the datagram carries.
        int keyProtocol = Addresses.isIpv4(sourceHigh, sourceLow) ? protocol : 0;
        var key =
                new Key(
                        sourceHigh,
                        sourceLow,
                        destinationHigh,
                        destinationLow,
                        identification,
                        keyProtocol);
        Partial partial = partials.get(key);
        if (partial == null) {
            partial = new Partial(nowNanos + timeoutNanos);
            if (!charge(key, partial, OVERHEAD)) return Verdict.FRAGMENT_OVER_BUDGET;
            partials.put(key, partial);
        }
        if (partial.condemned) return Verdict.FRAGMENT_OVERLAPS;
        Verdict verdict = insert(key, partial, buf, off, len, offset, more);
        if (verdict == Verdict.OK && offset == 0) {
            partial.protocol = protocol;
        }
        if (verdict == Verdict.OK && partial.present == partial.total) {
            protocolOfWhole = partial.protocol;
            whole = Cstruct.of(partial.octets, 0, partial.total);
            remove(key, partial);
        }
        return verdict;
    }

    private Verdict insert(
            Key key,
            Partial partial,
            ReadOnlyCstruct buf,
            int off,
            int len,
            int offset,
            boolean more) {
        int end = offset + len;
        int at = 0;
        while (at < partial.pieces && partial.ranges[2 * at + 1] <= offset) {
            at++;
        }
        if (at < partial.pieces && partial.ranges[2 * at] < end) {
            if (isCopy(partial, at, buf, off, len, offset, more)) return Verdict.FRAGMENT_DUPLICATE;
            condemn(key, partial);
            return Verdict.FRAGMENT_OVERLAPS;
        }
        // Two ends, or octets past the end: they contradict each other as overlaps do.
        boolean beyond = partial.total >= 0 && (end > partial.total || !more);
        boolean cutsOff =
                !more && partial.pieces > 0 && partial.ranges[2 * partial.pieces - 1] > end;
        if (beyond || cutsOff) {
            condemn(key, partial);
            return Verdict.FRAGMENT_OVERLAPS;
        }
        if (partial.pieces == MAX_PIECES) {
            condemn(key, partial);
            return Verdict.FRAGMENT_TOO_MANY;
        }
        if (end > partial.octets.length) {
            int room =
                    more ? Math.min(MAX_DATAGRAM, Math.max(end, 2 * partial.octets.length)) : end;
            if (!charge(key, partial, room - partial.octets.length)) {
                return Verdict.FRAGMENT_OVER_BUDGET;
            }
            partial.octets = Arrays.copyOf(partial.octets, room);
        }
        buf.copyTo(off, partial.octets, offset, len);
        insertRange(partial, at, offset, end);
        partial.present += len;
        if (!more) {
            partial.total = end;
        }
        return Verdict.OK;
    }

    private static boolean isCopy(
            Partial partial,
            int at,
            ReadOnlyCstruct buf,
            int off,
            int len,
            int offset,
            boolean more) {
        int end = offset + len;
        return partial.ranges[2 * at] == offset
                && partial.ranges[2 * at + 1] == end
                && more == (partial.total != end)
                && buf.sub(off, len).equals(Cstruct.of(partial.octets, offset, len));
    }

    private static void insertRange(Partial partial, int at, int from, int to) {
        if (2 * partial.pieces == partial.ranges.length) {
            partial.ranges = Arrays.copyOf(partial.ranges, 2 * partial.ranges.length);
        }
        int[] ranges = partial.ranges;
        System.arraycopy(ranges, 2 * at, ranges, 2 * at + 2, 2 * (partial.pieces - at));
        ranges[2 * at] = from;
        ranges[2 * at + 1] = to;
        partial.pieces++;
    }

    /// Keeps a stone in its place, for what comes later.
    private void condemn(Key key, Partial partial) {
        release(key, partial.octets.length);
        partial.cost -= partial.octets.length;
        partial.octets = new byte[0];
        partial.ranges = new int[0];
        partial.pieces = 0;
        partial.condemned = true;
    }

    private boolean charge(Key key, Partial partial, int octets) {
        int[] ofSource = costBySource.get(key.source());
        if ((ofSource == null ? 0 : ofSource[0]) + octets > sourceBudget || octets > budget) {
            return false;
        }
        while (cost + octets > budget) {
            if (!dropOldest(partial)) return false;
        }
        costBySource.computeIfAbsent(key.source(), _ -> new int[1])[0] += octets;
        cost += octets;
        if (partials.containsKey(key)) {
            partial.cost += octets;
        }
        return true;
    }

    /// Makes room; false if only `spared` is left.
    private boolean dropOldest(Partial spared) {
        for (Iterator<Map.Entry<Key, Partial>> all = partials.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<Key, Partial> entry = all.next();
            if (entry.getValue() != spared) {
                all.remove();
                release(entry.getKey(), entry.getValue().cost);
                return true;
            }
        }
        return false;
    }

    private void release(Key key, int octets) {
        cost -= octets;
        int[] ofSource = costBySource.get(key.source());
        if (ofSource != null && (ofSource[0] -= octets) == 0) {
            costBySource.remove(key.source());
        }
    }

    private void remove(Key key, Partial partial) {
        partials.remove(key);
        release(key, partial.cost);
    }

    /// Forgets datagrams whose time is over, and returns how many.
    public int advance(long nowNanos) {
        int count = 0;
        while (!partials.isEmpty()) {
            Map.Entry<Key, Partial> oldest = partials.entrySet().iterator().next();
            Key key = oldest.getKey();
            Partial partial = oldest.getValue();
            if (partial.deadline > nowNanos) break;
            remove(key, partial);
            count++;
            if (partial.pieces > 0 && partial.ranges[0] == 0) {
                expired.expired(
                        key.sourceHigh,
                        key.sourceLow,
                        key.destinationHigh,
                        key.destinationLow,
                        key.identification,
                        partial.protocol,
                        Cstruct.of(partial.octets, 0, partial.ranges[1]),
                        nowNanos);
            }
        }
        return count;
    }

    /// All datagrams get the same time, so the one that began first is the next to run out of it.
    public long nextDeadline() {
        return partials.isEmpty() ? Engine.NEVER : partials.values().iterator().next().deadline;
    }
}
