// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.Nullable;

/// The sending half: the peer's window, what goes out next. The octets wait in [SendBuffer]; what
/// is on its way stands on the [Scoreboard].
///
/// SYN and FIN take sequence numbers but no octets: the stream begins at `iss + 1`, and the FIN has
/// the number after its last octet.
final class Sender {
    final TcpConnection c;
    final SendBuffer buffer;
    Scoreboard board = Scoreboard.EMPTY_BOARD;
    final CongestionWindow window = new CongestionWindow();
    private @Nullable CongestionControl control;
    final RoundTrip rtt;
    final Recovery recovery;

    int iss;
    int sndUna;
    int sndNxt;
    int sndWnd;
    int sndWl1;
    int sndWl2;
    int maxWindow;
    int windowShift;

    /// The payload of a full segment, and what bounds it: the peer's option and the path.
    int mss;

    int peerMss;
    int pathMss;

    boolean finQueued;
    boolean finSent;

    /// The end of the last segment sent that was not full (Minshall's variant of Nagle).
    private int smallEnd;

    boolean sendCwr;
    boolean sendNewFirst;
    boolean firstRetransmission;
    private boolean windowLimited;
    private boolean flushing;
    private final @Nullable Pacer pacer;
    private long lastSentAt;
    private boolean everSent;

    int segmentsOut;
    int dataSegmentsOut;
    long octetsAcked;
    final Chronograph time = new Chronograph();
    private @Nullable MtuSearch mtuSearch;

    Sender(TcpConnection c, TcpParameters p) {
        this.c = c;
        buffer = new SendBuffer(c, this);
        rtt = new RoundTrip(p);
        recovery = new Recovery(c, this);
        pacer = p.pacing ? new Pacer(this, p) : null;
        window.reset(p.initialWindowSegments, p.maxWindowSegments);
    }

    void start(int iss) {
        this.iss = iss;
        sndUna = iss;
        sndNxt = iss;
        buffer.start(iss + 1);
        smallEnd = iss;
        noteNumbers();
    }

    private void noteNumbers() {
        window.sndUna = sndUna;
        window.sndNxt = sndNxt;
    }

    CongestionControl control() {
        if (control == null) {
            control = c.stack.newControl(c.settings);
        }
        return control;
    }

    void append(int from, int to, int kind, long now) {
        if (board == Scoreboard.EMPTY_BOARD) {
            board = new Scoreboard();
        }
        board.append(from, to, kind, now);
    }

    int windowEnd() {
        // The window of a SYN counts from what comes after ours.
        int from = sndUna == iss ? iss + 1 : sndUna;
        return from + sndWnd;
    }

    boolean isFinAcked() {
        return finSent && SeqNum.after(sndUna, buffer.end());
    }

    /// Takes an acknowledgment that was judged acceptable.
    void acknowledge(int ack, long now) {
        sndUna = ack;
        octetsAcked += buffer.acknowledge(ack, now);
        noteNumbers();
        if (mtuSearch != null) {
            int proven = mtuSearch.acknowledged();
            if (proven > 0) {
                mss = proven;
            }
        }
    }

    /// RFC 9293, 3.10.7.4: the window is updated by newer segments only; of those that say the same
    /// else, by the larger window, or by one that is shut.
    boolean updateWindow(Segment s) {
        int wnd = s.window << (s.has(TcpWire.SYN) ? 0 : windowShift);
        boolean newer =
                SeqNum.before(sndWl1, s.seq)
                        || (sndWl1 == s.seq
                                && (SeqNum.before(sndWl2, s.ack)
                                        || (sndWl2 == s.ack && (wnd > sndWnd || wnd == 0))));
        if (!newer) return false;
        setWindow(wnd, s.seq, s.ack);
        return true;
    }

    void setWindow(int wnd, int seq, int ack) {
        sndWnd = wnd;
        sndWl1 = seq;
        sndWl2 = ack;
        maxWindow = Math.max(maxWindow, wnd);
    }

    /// Sends what may be sent. `hold` keeps a partial segment back, whatever Nagle says.
    void output(boolean hold, long now) {
        if (!c.maySend()) return;
        if (hasNothingToSend()) {
            sendNewFirst = false;
            time.stop(Chronograph.WINDOW_LIMITED, buffer.queued() > 0, now);
            c.timers.probeIfBlocked(now);
            return;
        }
        boolean newFirst = sendNewFirst;
        sendNewFirst = false;
        if (!newFirst && !Retransmission.ofLost(this, now)) return;
        int before = board.size();
        boolean hadNothing = before == 0;
        if (hadNothing && everSent) {
            restart(now);
        }
        windowLimited = false;
        boolean limited = sendNew(hold, now);
        if (windowLimited) {
            time.start(Chronograph.WINDOW_LIMITED, now);
        } else {
            time.stop(Chronograph.WINDOW_LIMITED, buffer.queued() > 0, now);
        }
        if (board.size() > before) {
            recovery.sent(board.size() - before);
            lastSentAt = now;
            everSent = true;
            c.timers.dataSent(hadNothing, now);
        }
        if (board.size() > before || limited) {
            boolean full = limited || recovery.inFlight() >= window.cwnd;
            window.validate(full, board.size());
            if (!full && buffer.unsent() == 0 && buffer.wantsRoom) {
                time.start(Chronograph.BUFFER_LIMITED, now);
            }
        }
        c.timers.probeIfBlocked(now);
    }

    private boolean hasNothingToSend() {
        return buffer.unsent() == 0 && (!finQueued || finSent) && board.lostOut == 0;
    }

    /// [#output], with nothing kept back.
    void flush(long now) {
        flushing = true;
        output(false, now);
        flushing = false;
    }

    private void restart(long now) {
        control().onRestart(window, lastSentAt, now);
        if (!c.stack.parameters.slowStartAfterIdle || recovery.state != Recovery.OPEN) return;
        long idle = now - lastSentAt;
        if (idle <= rtt.rto) return;
        // RFC 5681, 4.1, by half for each timeout of idleness.
        int least = Math.min(c.stack.parameters.initialWindowSegments, window.cwnd);
        window.ssthresh = Math.max(window.ssthresh, (window.cwnd >> 1) + (window.cwnd >> 2));
        while ((idle -= rtt.rto) > 0 && window.cwnd > least) window.cwnd >>= 1;
        window.cwnd = Math.max(window.cwnd, least);
        window.startUsage();
    }

    /// Sends new data; returns whether the congestion window was what ended it.
    private boolean sendNew(boolean hold, long now) {
        int start = sndNxt;
        int burstEnd = sndNxt;
        while (true) {
            int waiting = buffer.end() - sndNxt;
            boolean finWaits = finQueued && !finSent;
            if (waiting <= 0 && !finWaits) return false;
            int quota = window.cwnd - recovery.inFlight();
            // Linux is not strict about the window for a FIN that goes alone.
            boolean finAlone = waiting <= 0 && !c.stack.parameters.isFreebsd();
            if (quota <= 0 && !finAlone) return true;
            long ready = pacer == null ? Long.MIN_VALUE : pacer.readyAt();
            if (ready > now) {
                c.timers.pacedUntil(ready);
                return false;
            }
            int room = windowEnd() - sndNxt;
            if (waiting <= 0) {
                if (room <= 0 && !board.isEmpty()) return false;
                if (!send(0, true, now)) return false;
                continue;
            }
            if (mtuSearch != null && probeMtu(mtuSearch, waiting, room, now)) continue;
            int len = Math.min(waiting, mss);
            if (buffer.hasEdges()) {
                len = buffer.cutAtEdge(sndNxt, len);
            }
            if (len > room) {
                // RFC 9293, 3.8.6.2.1: no silly windows; half the largest one is not silly.
                if (room < mss && (room <= 0 || room < maxWindow / 2 || !board.isEmpty())) {
                    windowLimited = true;
                    return false;
                }
                len = room;
            }
            if (c.stack.parameters.burstDivisor > 0
                    && len == mss
                    && SeqNum.atLeast(sndNxt, burstEnd)) {
                int piece = buffer.pieceAt(sndNxt);
                long sentAt = sndNxt == start ? lastSentAt : now;
                if (piece > mss && Bursts.waits(this, piece, quota, room, sentAt, now)) {
                    windowLimited = room < quota * mss;
                    return !windowLimited;
                }
                burstEnd = sndNxt + Bursts.length(this, piece, quota);
            }
            boolean last = len == waiting;
            if (len < mss && last && !finWaits && holds(hold)) return false;
            if (!last || !finWaits) {
                len = extend(len, Math.min(waiting, room), quota);
                last = len == waiting;
            }
            if (!send(len, last && finWaits, now)) return false;
        }
    }

    private boolean probeMtu(MtuSearch search, int waiting, int room, long now) {
        int size = search.probe(c, waiting, room);
        if (size == 0) return false;
        int flags = TcpWire.ACK;
        int from = buffer.offset(sndNxt);
        if (!c.stack.writer.send(c, flags, sndNxt, from, size, true, now)) return false;
        search.sent(size, sndNxt);
        append(sndNxt, sndNxt + size, 0, now);
        sndNxt += size;
        noteNumbers();
        return true;
    }

    /// Begins to look for the path's MTU, or looks below where nothing gets through.
    void searchMtu(boolean blackHole) {
        TcpParameters p = c.stack.parameters;
        if (mtuSearch == null) {
            mtuSearch = new MtuSearch(this, p.baseMss, peerMss);
        }
        if (blackHole) {
            Retransmission.shrink(this, Math.min(mss, mtuSearch.blackHole(p.baseMss)));
        }
    }

    /// Whether the one segment that is lost was a probe: no congestion then.
    boolean isProbeLost() {
        return mtuSearch != null && mtuSearch.isLost(board.lostOut);
    }

    private boolean holds(boolean hold) {
        if (flushing) return false;
        if (hold || c.settings.cork) return true;
        if (c.settings.noDelay) return false;
        // Nagle, as Minshall has it: at most one small segment is on its way.
        return SeqNum.after(smallEnd, sndUna) && SeqNum.atMost(smallEnd, sndNxt);
    }

    /// Lets a device cut a large segment, where there is one that does.
    private int extend(int len, int most, int quota) {
        int limit = c.stack.segmentationLimit();
        if (limit < 2 * mss || len != mss || buffer.hasEdges()) return len;
        int segments = Math.min(Math.min(most, limit) / mss, quota);
        return Math.max(1, segments) * mss;
    }

    private boolean send(int len, boolean fin, long now) {
        int flags = TcpWire.ACK;
        if (len > 0 && sndNxt + len == buffer.end()) {
            flags |= TcpWire.PSH;
        }
        if (fin) {
            flags = (flags & ~TcpWire.PSH) | TcpWire.FIN;
        }
        if (sendCwr && len > 0) {
            flags |= TcpWire.CWR;
        }
        if (!c.stack.writer.send(c, flags, sndNxt, buffer.offset(sndNxt), len, len > 0, now)) {
            c.stack.blocked(c);
            return false;
        }
        if (len > 0) {
            sendCwr = false;
        }
        int at = sndNxt;
        int end = sndNxt + len;
        while (SeqNum.before(at, end)) {
            int next = SeqNum.min(end, at + mss);
            boolean carriesFin = fin && next == end;
            append(at, carriesFin ? next + 1 : next, carriesFin ? Scoreboard.IS_FIN : 0, now);
            if (next - at < mss) {
                smallEnd = next;
            }
            at = next;
        }
        if (fin) {
            if (len == 0) {
                append(sndNxt, sndNxt + 1, Scoreboard.IS_FIN, now);
            }
            finSent = true;
            end++;
        }
        sndNxt = end;
        noteNumbers();
        c.receiver.acks.dataSent(now);
        if (pacer != null) {
            pacer.sent(len, now);
        }
        return true;
    }

    /// Sends one new segment, whatever the congestion window says. Returns whether there was one.
    boolean sendProbe(long now) {
        if (buffer.unsent() == 0) return false;
        int before = board.size();
        int cwnd = window.cwnd;
        window.cwnd = recovery.inFlight() + 1;
        sendNew(false, now);
        window.cwnd = cwnd;
        return board.size() > before;
    }

    /// RFC 9293, 3.8.6.1: asks for the window, with what fits into it or with nothing.
    void probe(long now) {
        int waiting = buffer.end() - sndNxt;
        int room = windowEnd() - sndNxt;
        boolean finNext = finQueued && !finSent && waiting <= 0;
        if (room > 0 && (waiting > 0 || finNext)) {
            int len = Math.max(0, Math.min(Math.min(waiting, mss), room));
            if (send(len, finNext, now)) {
                c.timers.dataSent(true, now);
            }
            return;
        }
        c.stack.writer.send(c, TcpWire.ACK, sndUna - 1, 0, 0, false, now);
    }

    /// Something is queued and nothing is on its way.
    boolean isBlocked() {
        boolean waits = buffer.end() != sndNxt || (finQueued && !finSent);
        return board.isEmpty() && c.maySend() && waits && !isFinAcked();
    }

    /// Everything beyond the SYN counts as not sent: the peer took none of it.
    void rewindTo(int seq) {
        sndNxt = seq;
        finSent = false;
        noteNumbers();
    }

    /// Data went out within the SYN.
    void sentWithSyn(int len, long now) {
        append(sndNxt, sndNxt + len, 0, now);
        sndNxt += len;
        lastSentAt = now;
        everSent = true;
        noteNumbers();
    }

    void sentSyn(long now) {
        append(iss, iss + 1, Scoreboard.IS_SYN, now);
        sndNxt = iss + 1;
        noteNumbers();
    }

    long lastSentAt() {
        return lastSentAt;
    }

    /// Gives back what is needed only while octets wait or are on their way.
    void clear() {
        buffer.clear();
        board = Scoreboard.EMPTY_BOARD;
        recovery.trim();
        if (control != null && control.isForgettable()) {
            control = null;
        }
    }
}
