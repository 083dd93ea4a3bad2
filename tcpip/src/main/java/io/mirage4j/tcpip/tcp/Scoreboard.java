// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import java.util.Arrays;

/// What was sent and is not acknowledged: one record a segment of at most one MSS, in the order of
/// sequence numbers. Records are named by a number that counts up for ever and stands still while
/// the record lives; columns are rings. Nothing here allocates but growth.
///
/// A second order, by the time of the last transmission, is what RACK looks at (RFC 8985, 6.2): a
/// list through `earlier` and `later` of the records that are neither SACKed nor lost.
final class Scoreboard {
    static final int SACKED = 1;
    static final int LOST = 2;

    /// A retransmission of it is on its way.
    static final int RETRANSMITTED = 4;

    /// It was retransmitted at any time: no sample of the round trip (Karn).
    static final int EVER_RETRANSMITTED = 8;

    static final int IS_SYN = 16;
    static final int IS_FIN = 32;

    /// The record ends where the application said so: nothing joins it.
    static final int IS_RECORD_END = 64;

    private static final int NONE = -1;
    private static final int[] EMPTY = {};
    private static final long[] NO_TIMES = {};
    private static final byte[] NO_FLAGS = {};

    /// For whoever has nothing on its way: nothing is ever appended to it.
    static final Scoreboard EMPTY_BOARD = new Scoreboard();

    private int[] seq = EMPTY;
    private int[] end = EMPTY;
    private int[] earlier = EMPTY;
    private int[] later = EMPTY;
    private long[] sentAt = NO_TIMES;
    private byte[] flags = NO_FLAGS;
    private int mask = -1;

    private int head;
    private int tail;
    private int oldest = NONE;
    private int newest = NONE;

    int sackedOut;
    int lostOut;
    int retransmittedOut;

    /// The first record; [#tail] if there is none.
    int head() {
        return head;
    }

    /// One after the last record.
    int tail() {
        return tail;
    }

    int size() {
        return tail - head;
    }

    boolean isEmpty() {
        return head == tail;
    }

    int seq(int record) {
        return seq[record & mask];
    }

    int end(int record) {
        return end[record & mask];
    }

    long sentAt(int record) {
        return sentAt[record & mask];
    }

    boolean is(int record, int flag) {
        return (flags[record & mask] & flag) != 0;
    }

    void set(int record, int flag) {
        flags[record & mask] |= (byte) flag;
    }

    /// RFC 6675's pipe, in segments.
    int inFlight() {
        return size() - sackedOut - lostOut + retransmittedOut;
    }

    /// Appends a record that is sent now.
    void append(int from, int to, int kind, long now) {
        if (size() == seq.length) {
            grow();
        }
        int i = tail & mask;
        seq[i] = from;
        end[i] = to;
        sentAt[i] = now;
        flags[i] = (byte) kind;
        linkNewest(tail);
        tail++;
    }

    /// Lets a record begin at `from`: what is before was acknowledged.
    void trimFront(int record, int from) {
        seq[record & mask] = from;
    }

    /// Takes the first record off.
    void removeHead() {
        int f = flags[head & mask];
        if ((f & SACKED) != 0) {
            sackedOut--;
        } else {
            if ((f & LOST) != 0) {
                lostOut--;
            }
            unlink(head);
        }
        if ((f & RETRANSMITTED) != 0) {
            retransmittedOut--;
        }
        head++;
        if (head == tail) {
            release();
        }
    }

    /// Cuts all records that are not SACKed into pieces of at most `size`. Numbers of records only
    /// grow by it.
    void cut(int size) {
        int count = 0;
        for (int r = head; r != tail; r++) count += pieces(r, size);
        if (count == size()) return;
        Scoreboard cut = new Scoreboard();
        cut.head = head;
        cut.tail = head;
        for (int r = head; r != tail; r++) {
            int at = seq(r);
            for (int n = pieces(r, size); n > 0; n--) {
                int to = n == 1 ? end(r) : at + size;
                int kind = flags[r & mask];
                if (n > 1) {
                    kind &= ~(IS_FIN | IS_RECORD_END);
                }
                cut.append(at, to, kind, sentAt(r));
                at = to;
            }
        }
        adopt(cut);
    }

    private int pieces(int record, int size) {
        if (is(record, SACKED) || is(record, IS_SYN)) return 1;
        // A FIN takes no room.
        int octets = end(record) - seq(record) - (is(record, IS_FIN) ? 1 : 0);
        return Math.max(1, (octets + size - 1) / size);
    }

    private void adopt(Scoreboard other) {
        seq = other.seq;
        end = other.end;
        earlier = other.earlier;
        later = other.later;
        sentAt = other.sentAt;
        flags = other.flags;
        mask = other.mask;
        head = other.head;
        tail = other.tail;
        sackedOut = 0;
        lostOut = 0;
        retransmittedOut = 0;
        for (int r = head; r != tail; r++) {
            if (is(r, SACKED)) {
                sackedOut++;
            }
            if (is(r, LOST)) {
                lostOut++;
            }
            if (is(r, RETRANSMITTED)) {
                retransmittedOut++;
            }
        }
        relink();
    }

    void markSacked(int record) {
        int i = record & mask;
        if ((flags[i] & LOST) != 0) {
            flags[i] &= ~LOST;
            lostOut--;
        }
        if ((flags[i] & RETRANSMITTED) != 0) {
            flags[i] &= ~RETRANSMITTED;
            retransmittedOut--;
        }
        flags[i] |= SACKED;
        sackedOut++;
        unlink(record);
    }

    /// Lost, and if it had been sent again that is lost too. It stays in the order of time only
    /// once it is sent again.
    void markLost(int record) {
        int i = record & mask;
        if ((flags[i] & LOST) == 0) {
            flags[i] |= LOST;
            lostOut++;
        }
        if ((flags[i] & RETRANSMITTED) != 0) {
            flags[i] &= ~RETRANSMITTED;
            retransmittedOut--;
        }
        unlink(record);
    }

    void markRetransmitted(int record, long now) {
        int i = record & mask;
        if ((flags[i] & RETRANSMITTED) == 0) {
            retransmittedOut++;
        }
        flags[i] |= RETRANSMITTED | EVER_RETRANSMITTED;
        sentAt[i] = now;
        unlink(record);
        linkNewest(record);
    }

    /// It was sent once more as if it were new (a probe): the time counts, the pipe does not.
    void touch(int record, long now) {
        sentAt[record & mask] = now;
        unlink(record);
        linkNewest(record);
    }

    /// Nothing is lost any more: what a spurious timeout took for lost is on its way.
    void forgetLosses() {
        for (int r = head; r != tail; r++) flags[r & mask] &= ~LOST;
        lostOut = 0;
        relink();
    }

    /// After a timeout the receiver may have reneged (RFC 2018, 8): no SACK counts.
    void forgetSacks() {
        for (int r = head; r != tail; r++) flags[r & mask] &= ~SACKED;
        sackedOut = 0;
        relink();
    }

    /// The record sent longest ago, or -1.
    int oldest() {
        return oldest;
    }

    int laterThan(int record) {
        return later[record & mask];
    }

    /// The first record that ends after `number`; [#tail] if none does.
    int find(int number) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (SeqNum.atMost(end[head + middle & mask], number)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return head + low;
    }

    private void linkNewest(int record) {
        int i = record & mask;
        earlier[i] = newest;
        later[i] = NONE;
        if (newest == NONE) {
            oldest = record;
        } else {
            later[newest & mask] = record;
        }
        newest = record;
    }

    private void unlink(int record) {
        int i = record & mask;
        int before = earlier[i];
        int after = later[i];
        if (before == NONE && oldest != record) return;
        if (before == NONE) {
            oldest = after;
        } else {
            later[before & mask] = after;
        }
        if (after == NONE) {
            newest = before;
        } else {
            earlier[after & mask] = before;
        }
        earlier[i] = NONE;
        later[i] = NONE;
    }

    /// Makes the order of time anew, by that of numbers among those of one time.
    private void relink() {
        oldest = NONE;
        newest = NONE;
        for (int r = head; r != tail; r++) {
            earlier[r & mask] = NONE;
            later[r & mask] = NONE;
        }
        for (int r = head; r != tail; r++) {
            if ((flags[r & mask] & (SACKED | LOST)) == 0 || is(r, RETRANSMITTED)) {
                insert(r);
            }
        }
    }

    private void insert(int record) {
        int at = newest;
        long time = sentAt[record & mask];
        while (at != NONE && sentAt[at & mask] > time) at = earlier[at & mask];
        int after = at == NONE ? oldest : later[at & mask];
        int i = record & mask;
        earlier[i] = at;
        later[i] = after;
        if (at == NONE) oldest = record;
        else later[at & mask] = record;
        if (after == NONE) newest = record;
        else earlier[after & mask] = record;
    }

    private void grow() {
        int length = Math.max(8, seq.length * 2);
        int newMask = length - 1;
        int[] s = new int[length];
        int[] e = new int[length];
        int[] b = new int[length];
        int[] a = new int[length];
        long[] t = new long[length];
        byte[] f = new byte[length];
        for (int r = head; r != tail; r++) {
            int to = r & newMask;
            int from = r & mask;
            s[to] = seq[from];
            e[to] = end[from];
            b[to] = earlier[from];
            a[to] = later[from];
            t[to] = sentAt[from];
            f[to] = flags[from];
        }
        seq = s;
        end = e;
        earlier = b;
        later = a;
        sentAt = t;
        flags = f;
        mask = newMask;
    }

    /// An idle connection keeps a small table, or none.
    private void release() {
        oldest = NONE;
        newest = NONE;
        if (seq.length <= 64) return;
        head = 0;
        tail = 0;
        Arrays.fill(flags, (byte) 0);
    }

    /// Gives all memory back.
    void clear() {
        head = 0;
        tail = 0;
        oldest = NONE;
        newest = NONE;
        sackedOut = 0;
        lostOut = 0;
        retransmittedOut = 0;
        seq = EMPTY;
        end = EMPTY;
        earlier = EMPTY;
        later = EMPTY;
        sentAt = NO_TIMES;
        flags = NO_FLAGS;
        mask = -1;
    }
}
