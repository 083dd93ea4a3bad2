// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// The sending half: the octets that are not acknowledged, the peer's window, what goes out next.
///
/// ```
///   acknowledged | on its way        | waits        |
///                +-------------------+--------------+
///                streamStart         sndNxt         streamStart + queued
/// ```
///
/// SYN and FIN take sequence numbers but no octets: the stream begins at `iss + 1`, and the FIN has
/// the number after its last octet.
final class Sender {
    private final TcpConnection c;
    OctetStream octets = OctetStream.EMPTY;
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

    private int streamStart;
    private int queued;
    boolean finQueued;
    boolean finSent;

    /// Where the application has ended records, if it ever did.
    private @Nullable RecordEdges edges;

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

    /// How much of the last chunk that was written waits, unsent; see [#chunkRoom].
    private int chunk;

    Sender(TcpConnection c, TcpParameters p) {
        this.c = c;
        rtt = new RoundTrip(p);
        recovery = new Recovery(c, this);
        pacer = p.pacing ? new Pacer(this, p) : null;
        window.reset(p.initialWindowSegments, p.maxWindowSegments);
    }

    void start(int iss) {
        this.iss = iss;
        sndUna = iss;
        sndNxt = iss;
        streamStart = iss + 1;
        smallEnd = iss;
        noteNumbers();
    }

    private void noteNumbers() {
        window.sndUna = sndUna;
        window.sndNxt = sndNxt;
    }

    CongestionControl control() {
        if (control == null) control = c.stack.newControl(c.settings);
        return control;
    }

    void append(int from, int to, int kind, long now) {
        if (board == Scoreboard.EMPTY_BOARD) board = new Scoreboard();
        board.append(from, to, kind, now);
    }

    int queued() {
        return queued;
    }

    int unsent() {
        return queued - Math.max(0, sentOctets());
    }

    private int sentOctets() {
        return Math.min(queued, Math.max(0, sndNxt - streamStart));
    }

    int finSeq() {
        return streamStart + queued;
    }

    int windowEnd() {
        // The window of a SYN counts from what comes after ours.
        int from = sndUna == iss ? iss + 1 : sndUna;
        return from + sndWnd;
    }

    boolean isFinAcked() {
        return finSent && SeqNum.after(sndUna, finSeq());
    }

    /// Appends what fits of `len` octets; returns how many that are.
    int write(ReadOnlyCstruct source, int off, int len, long now) {
        if (octets == OctetStream.EMPTY) octets = new OctetStream(c.stack.pages);
        int count = octets.write(queued, source, off, len);
        if (count > 0) time.start(Chronograph.BUSY, now);
        queued += count;
        chunk += count;
        return count;
    }

    /// How much more goes into the chunk that is being filled, as large as what may go out at once;
    /// 0: it is full, or gone. Room in the buffer is asked for by chunks, so that a writer is not
    /// woken for less.
    int chunkRoom() {
        int waiting = Math.min(chunk, unsent());
        return waiting == 0 ? 0 : Math.max(0, chunkSize() - waiting);
    }

    int chunkSize() {
        int most = maxWindow > 536 ? Math.min(65_535, maxWindow / 2) : 65_535;
        return Math.max(1, most / mss) * mss;
    }

    void startChunk() {
        chunk = 0;
    }

    /// What was written last is not joined with what comes after it.
    void endRecord() {
        if (queued == 0) return;
        if (edges == null) edges = new RecordEdges();
        edges.add(streamStart + queued);
    }

    private boolean hasEdges() {
        return edges != null && !edges.isEmpty();
    }

    /// Takes an acknowledgment that was judged acceptable.
    void acknowledge(int ack, long now) {
        sndUna = ack;
        int data = SeqNum.min(ack, finSeq()) - streamStart;
        if (data > 0) {
            octets.drop(data);
            queued -= data;
            streamStart += data;
            octetsAcked += data;
            if (edges != null) edges.dropTo(streamStart);
            if (queued == 0) {
                octets.clear();
                time.stop(Chronograph.BUSY, false, now);
            }
        }
        noteNumbers();
        if (mtuSearch != null) {
            int proven = mtuSearch.acknowledged();
            if (proven > 0) mss = proven;
        }
    }

    /// RFC 9293, 3.10.7.4: the window is updated by newer segments only.
    boolean updateWindow(Segment s) {
        int wnd = s.window << (s.has(TcpWire.SYN) ? 0 : windowShift);
        boolean newer =
                SeqNum.before(sndWl1, s.seq)
                        || (sndWl1 == s.seq
                                && (SeqNum.before(sndWl2, s.ack)
                                        || (sndWl2 == s.ack && wnd > sndWnd)));
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
        window.validate(false, board.size());
        boolean newFirst = sendNewFirst;
        sendNewFirst = false;
        if (!newFirst && !retransmit(now)) return;
        int before = board.size();
        boolean hadNothing = before == 0;
        if (hadNothing && everSent) restart(now);
        windowLimited = false;
        boolean limited = sendNew(hold, now);
        if (windowLimited) {
            time.start(Chronograph.WINDOW_LIMITED, now);
        } else {
            time.stop(Chronograph.WINDOW_LIMITED, queued > 0, now);
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
            if (!full && unsent() == 0 && c.wantsRoom) time.start(Chronograph.BUFFER_LIMITED, now);
        }
        c.timers.probeIfBlocked(now);
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
        while (true) {
            int waiting = streamStart + queued - sndNxt;
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
            if (edges != null) len = edges.cut(sndNxt, sndNxt + len) - sndNxt;
            if (len > room) {
                // RFC 9293, 3.8.6.2.1: no silly windows; half the largest one is not silly.
                if (room < mss && (room <= 0 || room < maxWindow / 2 || !board.isEmpty())) {
                    windowLimited = true;
                    return false;
                }
                len = room;
            }
            boolean last = len == waiting;
            if (len < mss && last && !finWaits && !hasEdges() && holds(hold)) return false;
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
        int from = sndNxt - streamStart;
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
        if (mtuSearch == null) mtuSearch = new MtuSearch(this, p.baseMss, peerMss);
        if (blackHole) shrink(Math.min(mss, mtuSearch.blackHole(p.baseMss)));
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
        if (limit < 2 * mss || len != mss || hasEdges()) return len;
        int segments = Math.min(Math.min(most, limit) / mss, quota);
        return Math.max(1, segments) * mss;
    }

    private boolean send(int len, boolean fin, long now) {
        int flags = TcpWire.ACK;
        if (len > 0 && sndNxt + len == streamStart + queued) flags |= TcpWire.PSH;
        if (fin) flags = (flags & ~TcpWire.PSH) | TcpWire.FIN;
        if (sendCwr && len > 0) flags |= TcpWire.CWR;
        if (!c.stack.writer.send(c, flags, sndNxt, sndNxt - streamStart, len, len > 0, now)) {
            c.stack.blocked(c);
            return false;
        }
        if (len > 0) sendCwr = false;
        int at = sndNxt;
        int end = sndNxt + len;
        while (SeqNum.before(at, end)) {
            int next = SeqNum.min(end, at + mss);
            boolean carriesFin = fin && next == end;
            append(at, carriesFin ? next + 1 : next, carriesFin ? Scoreboard.IS_FIN : 0, now);
            if (next - at < mss) smallEnd = next;
            at = next;
        }
        if (fin) {
            if (len == 0) append(sndNxt, sndNxt + 1, Scoreboard.IS_FIN, now);
            finSent = true;
            end++;
        }
        sndNxt = end;
        noteNumbers();
        c.receiver.acks.dataSent(now);
        if (pacer != null) pacer.sent(len, now);
        return true;
    }

    /// Sends what is lost again, as far as the window allows; false: the device is full.
    private boolean retransmit(long now) {
        if (board.lostOut == 0) return true;
        for (int r = board.head(); r != board.tail(); r++) {
            if (!board.is(r, Scoreboard.LOST) || board.is(r, Scoreboard.RETRANSMITTED)) continue;
            boolean forced = firstRetransmission;
            if (!forced && recovery.inFlight() >= window.cwnd) return true;
            firstRetransmission = false;
            if (!resend(r, now)) return false;
            recovery.sent(1);
            c.timers.retransmitted(now);
        }
        firstRetransmission = false;
        return true;
    }

    /// Sends one record again.
    boolean resend(int record, long now) {
        int seq = board.seq(record);
        boolean fin = board.is(record, Scoreboard.IS_FIN);
        int len = board.end(record) - seq - (fin ? 1 : 0);
        if (len > mss) {
            // A probe for the path's MTU, or from before the path shrank.
            board.cut(mss);
            record = board.find(seq);
            fin = false;
            len = mss;
        }
        int tsVal = c.tsVal(now);
        if (!transmit(record, seq, len, fin, now)) return false;
        recovery.noteRetransmission(record, now, tsVal);
        return true;
    }

    private boolean transmit(int record, int seq, int len, boolean fin, long now) {
        if (board.is(record, Scoreboard.IS_SYN)) return c.handshake().resend(now);
        int flags = TcpWire.ACK;
        if (seq + len == streamStart + queued && len > 0) flags |= TcpWire.PSH;
        if (fin) flags |= TcpWire.FIN;
        boolean sent = c.stack.writer.send(c, flags, seq, seq - streamStart, len, false, now);
        if (!sent) c.stack.blocked(c);
        return sent;
    }

    /// RFC 8985, 7.3: one segment, new or the last again. Returns whether there was one.
    boolean sendLossProbe(long now) {
        int before = board.size();
        if (streamStart + queued - sndNxt > 0) {
            int cwnd = window.cwnd;
            window.cwnd = recovery.inFlight() + 1;
            sendNew(false, now);
            window.cwnd = cwnd;
            if (board.size() > before) {
                recovery.tlpSent(false);
                return true;
            }
        }
        if (board.isEmpty()) return false;
        int last = board.tail() - 1;
        if (board.is(last, Scoreboard.SACKED) || board.is(last, Scoreboard.IS_SYN)) return false;
        if (!resend(last, now)) return false;
        recovery.tlpSent(true);
        return true;
    }

    /// RFC 9293, 3.8.6.1: asks for the window, with what fits into it or with nothing.
    void probe(long now) {
        int waiting = streamStart + queued - sndNxt;
        int room = windowEnd() - sndNxt;
        boolean finNext = finQueued && !finSent && waiting <= 0;
        if (room > 0 && (waiting > 0 || finNext)) {
            int len = Math.max(0, Math.min(Math.min(waiting, mss), room));
            if (send(len, finNext, now)) c.timers.dataSent(true, now);
            return;
        }
        c.stack.writer.send(c, TcpWire.ACK, sndUna - 1, 0, 0, false, now);
    }

    /// Something is queued and nothing is on its way.
    boolean isBlocked() {
        boolean waits = streamStart + queued != sndNxt || (finQueued && !finSent);
        return board.isEmpty() && c.maySend() && waits && !isFinAcked();
    }

    /// The path takes smaller segments only: what is on its way and larger is lost, and with it
    /// what was sent before it was known. Returns whether anything was.
    boolean shrink(int newMss) {
        if (newMss >= mss) return false;
        mss = newMss;
        int before = board.size();
        board.cut(mss);
        if (board.size() == before) return false;
        for (int r = board.head(); r != board.tail(); r++) {
            if (!board.is(r, Scoreboard.SACKED | Scoreboard.IS_SYN)) board.markLost(r);
        }
        return true;
    }

    /// Cuts what is on its way, all of it lost, anew into full segments.
    void cutAnew(long now) {
        if (board.isEmpty() || board.sackedOut > 0) return;
        int at = board.seq(board.head());
        boolean fin = finSent && SeqNum.after(sndNxt, finSeq());
        int end = fin ? sndNxt - 1 : sndNxt;
        board.clear();
        while (SeqNum.before(at, end)) {
            int next = SeqNum.min(end, at + mss);
            append(at, next, Scoreboard.EVER_RETRANSMITTED, now);
            at = next;
        }
        if (fin) {
            append(end, end + 1, Scoreboard.IS_FIN | Scoreboard.EVER_RETRANSMITTED, now);
        }
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
        octets.release();
        octets = OctetStream.EMPTY;
        board = Scoreboard.EMPTY_BOARD;
        recovery.trim();
        if (control != null && control.isForgettable()) control = null;
        queued = 0;
        edges = null;
    }
}
