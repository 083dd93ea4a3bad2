// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Engine;

import org.jspecify.annotations.Nullable;

/// One TCP connection. The application writes, reads and closes; the stack tells it by
/// [TcpStack#nextEvent] when it is worth trying again. All calls are those of the stack's one
/// owner.
public final class TcpConnection {
    /// What happened since the connection was last named by [TcpStack#nextEvent].
    public static final int ESTABLISHED = 1;

    public static final int READABLE = 2;
    public static final int WRITABLE = 4;
    public static final int CLOSED = 8;

    /// Whatever the application wants to find here again.
    public @Nullable Object attachment;

    private static final long MILLISECOND = 1_000_000L;
    private static final long IDLE_NANOS = 100 * MILLISECOND;
    private static final int CHUNK_OVERHEAD = 1280;

    final TcpStack stack;
    final long localHigh;
    final long localLow;
    final long remoteHigh;
    final long remoteLow;
    final int localPort;
    final int remotePort;
    int udpLocal;
    int udpRemote;

    TcpSettings settings;
    private boolean ownsSettings;
    @Nullable TcpListener listener;
    boolean isPassive;
    boolean fastOpened;

    /// The peer took what came with our SYN, or we what came with its.
    boolean synDataAccepted;

    TcpState state = TcpState.CLOSED;
    private TcpError error = TcpError.NONE;

    final Sender sender;
    final Receiver receiver;
    final Timers timers;
    private @Nullable Handshake handshake;
    final PathSize path;

    boolean sack;
    boolean scaled;
    boolean ecn;
    boolean echoCongestion;
    private boolean seenEct;
    private int tsOffset;
    long lastHeardAt;
    private long establishedAt;

    /// The application has closed, and will not be told any more.
    boolean isOrphan;

    private boolean writeShut;
    private boolean hasEnded;
    boolean inTable;
    boolean wasEstablished;
    boolean wantsRoom;
    private int autoSendBuffer;

    // The stack's lists.
    @Nullable TcpConnection wheelNext;
    @Nullable TcpConnection wheelPrevious;
    int wheelSlot = -1;
    long wheelDeadline = Engine.NEVER;
    @Nullable TcpConnection eventNext;
    boolean eventQueued;
    int events;
    boolean isBlockedOnDevice;

    TcpConnection(
            TcpStack stack,
            TcpSettings settings,
            long localHigh,
            long localLow,
            int localPort,
            long remoteHigh,
            long remoteLow,
            int remotePort,
            long now) {
        this.stack = stack;
        this.settings = settings;
        this.localHigh = localHigh;
        this.localLow = localLow;
        this.localPort = localPort;
        this.remoteHigh = remoteHigh;
        this.remoteLow = remoteLow;
        this.remotePort = remotePort;
        sender = new Sender(this, stack.parameters);
        receiver = new Receiver(this);
        timers = new Timers(this);
        handshake = new Handshake(this);
        receiver.limit = receiveBuffer();
        receiver.windowShift = stack.windowShift(receiver.limit);
        path = new PathSize(this, now);
        receiver.advertisedMss = path.advertisableMss();
        sender.peerMss = path.defaultMss();
        path.update();
    }

    // What the application does.

    public TcpState state() {
        return state;
    }

    /// Why it ended; [TcpError#NONE] if it has not, or ended as it should.
    public TcpError error() {
        return error;
    }

    public int localPort() {
        return localPort;
    }

    public int remotePort() {
        return remotePort;
    }

    /// Our address as two `long`s: see [Envelope].
    public long localHigh() {
        return localHigh;
    }

    public long localLow() {
        return localLow;
    }

    public long remoteHigh() {
        return remoteHigh;
    }

    public long remoteLow() {
        return remoteLow;
    }

    /// The options, for reading; [#change] is for writing.
    public TcpSettings settings() {
        return settings;
    }

    /// The options, this connection's own, to be changed.
    public TcpSettings change() {
        if (!ownsSettings) {
            settings = settings.copy();
            ownsSettings = true;
        }
        return settings;
    }

    /// Options have been changed: what follows from them is done.
    public void changed(long now) {
        path.update();
        if (settings.receiveBufferOctets > 0) receiver.limit = receiveBuffer();
        timers.keepAlive(now, true);
        sender.output(false, now);
        schedule();
    }

    /// Octets that can be read now.
    public int readable() {
        // RFC 9293, 3.4: what came with a SYN waits for the handshake, but for Fast Open.
        return state == TcpState.SYN_RECEIVED && !fastOpened ? 0 : receiver.readable();
    }

    /// The peer has sent its last octet, and all before it has been read.
    public boolean isAtEnd() {
        return receiver.readable() == 0 && (receiver.finTaken || state == TcpState.CLOSED);
    }

    /// The peer has said that it sends no more.
    public boolean isPeerDone() {
        return receiver.finTaken;
    }

    /// How many octets [#write] takes now.
    public int writable() {
        if (!mayWrite()) return 0;
        int room = sendBuffer() - charged();
        long unsentRoom = (long) lowWater() - sender.unsent();
        return (int) Math.max(0, Math.min(room, unsentRoom));
    }

    /// What the buffer holds: octets, and where it grows by itself what keeping them takes.
    private int charged() {
        int octets = sender.queued();
        if (settings.sendBufferOctets > 0 || octets == 0) return octets;
        return octets + CHUNK_OVERHEAD * ((octets - 1) / sender.chunkSize() + 1);
    }

    private int lowWater() {
        int lowWater = settings.notSentLowWater;
        return lowWater != 0 ? lowWater : stack.parameters.notSentLowWater;
    }

    /// Octets written that are not acknowledged, and those of them that were not sent yet.
    public int unacknowledged() {
        return sender.queued();
    }

    public int unsent() {
        return sender.unsent();
    }

    private boolean mayWrite() {
        return !writeShut && error == TcpError.NONE && !hasEnded;
    }

    /// Takes octets to send, as many as there is room for, and returns how many. They are copied.
    public int write(ReadOnlyCstruct source, int off, int len, long now) {
        return write(source, off, len, false, now);
    }

    /// As [#write(ReadOnlyCstruct, int, int, long)]; with `more`, a last partial segment waits for
    /// what is about to be written.
    public int write(ReadOnlyCstruct source, int off, int len, boolean more, long now) {
        int count = fill(source, off, len, now);
        if (count < len) wantsRoom = true;
        push(more, now);
        return count;
    }

    /// Fills chunks: one that is begun is filled, another is begun only where there is room.
    private int fill(ReadOnlyCstruct source, int off, int len, long now) {
        int done = 0;
        while (done < len && mayWrite()) {
            int room = sender.chunkRoom();
            if (room == 0) {
                if (writable() == 0) break;
                sender.startChunk();
                room = sender.chunkSize();
            }
            int asked = Math.min(room, len - done);
            int count = sender.write(source, off + done, asked, now);
            done += count;
            if (count < asked) break;
            if (count == room) sender.output(true, now);
        }
        return done;
    }

    /// Sends what waits to be a full segment, even where the application has corked it.
    public void flush(long now) {
        sender.flush(now);
        schedule();
    }

    /// As [#write], and what comes after it is not joined with it into one segment.
    public int writeRecord(ReadOnlyCstruct source, int off, int len, long now) {
        int count = sender.write(source, off, Math.min(len, writable()), now);
        if (count < len) {
            wantsRoom = true;
        } else {
            sender.endRecord();
        }
        push(false, now);
        return count;
    }

    /// Whether there is room enough to wake a writer: a third of what is queued.
    public boolean isWorthWriting() {
        int charged = charged();
        int room = sendBuffer() - charged;
        return writable() > 0 && room >= charged / 2 && 2L * sender.unsent() < lowWater();
    }

    /// How much of what is written before [TcpStack#open] goes out in the SYN (RFC 7413); 0: none,
    /// for want of a cookie.
    public int fastOpenRoom() {
        return handshake().synDataRoom();
    }

    public int udpRemotePort() {
        return udpRemote;
    }

    void push(boolean more, long now) {
        sender.output(more, now);
        schedule();
    }

    /// Reads up to `len` octets; 0 if there are none now, or no more ([#isAtEnd]).
    public int read(Cstruct target, int off, int len, long now) {
        int count = receiver.peek(target, off, len);
        skip(count, now);
        return count;
    }

    /// Reads without taking.
    public int peek(Cstruct target, int off, int len) {
        return receiver.peek(target, off, len);
    }

    /// Takes up to `len` octets without reading them.
    public int skip(int len, long now) {
        int count = Math.min(len, receiver.readable());
        if (count == 0) return 0;
        receiver.consume(count, now);
        if (!state.mayReceive()) return count;
        boolean learned = !stack.parameters.isFreebsd() && receiver.acks.isDueAfterRead();
        if ((learned && receiver.readable() == 0) || receiver.isUpdateDue()) {
            sendAck(now);
            schedule();
        }
        return count;
    }

    /// Says that nothing more will be written; what was is sent.
    public void shutdownWrite(long now) {
        if (writeShut) return;
        writeShut = true;
        switch (state) {
            case ESTABLISHED, SYN_RECEIVED -> {
                sender.finQueued = true;
                if (state == TcpState.ESTABLISHED) state = TcpState.FIN_WAIT_1;
            }
            case CLOSE_WAIT -> {
                sender.finQueued = true;
                state = TcpState.LAST_ACK;
            }
            case SYN_SENT -> {
                if (sender.queued() == 0) {
                    finish();
                    return;
                }
                sender.finQueued = true;
            }
            default -> {
                return;
            }
        }
        sender.output(false, now);
        schedule();
    }

    /// Ends what the application has to do with this. Unread data mean that the peer must know that
    /// they were lost (RFC 2525, 2.17): then it is a reset.
    public void close(long now) {
        isOrphan = true;
        if (state == TcpState.CLOSED) {
            finish();
            return;
        }
        if (state == TcpState.SYN_SENT) {
            finish();
            return;
        }
        boolean unread = receiver.readable() > 0 && !stack.parameters.isFreebsd();
        if (unread && state != TcpState.TIME_WAIT) {
            abort(now);
            return;
        }
        receiver.discard();
        shutdownWrite(now);
        if (state == TcpState.FIN_WAIT_2) {
            timers.keepAlive(now + stack.parameters.finWait2Nanos);
            schedule();
        }
    }

    /// Resets.
    public void abort(long now) {
        if ((state.isSynchronized() && state != TcpState.TIME_WAIT)
                || state == TcpState.SYN_RECEIVED) {
            stack.resetPeer(this, now);
        }
        if (error == TcpError.NONE) error = TcpError.ABORTED;
        isOrphan = true;
        finish();
    }

    // What the stack does.

    /// A passive open that took data with the SYN (RFC 7413): it sends and receives before its
    /// handshake is over.
    boolean isFastOpened() {
        return fastOpened;
    }

    boolean maySend() {
        return state.maySend() || (fastOpened && state == TcpState.SYN_RECEIVED);
    }

    /// What is to be known of the SYNs until they have done their work.
    Handshake handshake() {
        if (handshake == null) throw new AssertionError("the handshake is over: " + state);
        return handshake;
    }

    Segment segment() {
        return stack.segment;
    }

    int tsVal(long now) {
        return (int) (now / MILLISECOND) + tsOffset;
    }

    void startNumbers(int iss, int tsOffset) {
        this.tsOffset = tsOffset;
        sender.start(iss);
    }

    int receiveBuffer() {
        int octets = settings.receiveBufferOctets;
        return octets > 0 ? octets : stack.parameters.receiveBufferOctets;
    }

    /// Auto-tuning goes up to here; not at all where the application has chosen.
    int receiveBufferMax() {
        if (settings.receiveBufferOctets > 0) return receiver.limit;
        return Math.max(receiver.limit, stack.parameters.maxReceiveBufferOctets);
    }

    public int receiveBufferOctets() {
        return receiver.limit;
    }

    /// FreeBSD's buffers are multiples of a segment.
    void roundReceiveBuffer() {
        if (!stack.parameters.isFreebsd()) return;
        int mss = Math.max(1, sender.pathMss);
        if (receiver.limit > mss) receiver.limit = (receiver.limit + mss - 1) / mss * mss;
    }

    int sendBuffer() {
        if (settings.sendBufferOctets > 0) return settings.sendBufferOctets;
        return Math.max(autoSendBuffer, stack.parameters.sendBufferOctets);
    }

    /// Room for twice what the window lets go at a time, what a segment costs beside its payload
    /// reckoned in, so that an ACK finds something to send.
    private void growSendBuffer() {
        if (stack.pages.isScarce()) return;
        int each = (Integer.highestOneBit(sender.mss + 640 - 1) << 1) + 256;
        long wanted = 2L * Math.max(sender.window.cwnd, 10) * each;
        long most = stack.parameters.maxSendBufferOctets;
        autoSendBuffer = (int) Math.max(autoSendBuffer, Math.min(wanted, most));
    }

    long keepIdle() {
        return settings.keepIdleNanos > 0 ? settings.keepIdleNanos : stack.parameters.keepIdleNanos;
    }

    long keepInterval() {
        return settings.keepIntervalNanos > 0
                ? settings.keepIntervalNanos
                : stack.parameters.keepIntervalNanos;
    }

    int keepCount() {
        return settings.keepCount > 0 ? settings.keepCount : stack.parameters.keepCount;
    }

    void sendAck(long now) {
        int flags = TcpWire.ACK;
        int seq = sender.sndNxt;
        if (stack.parameters.isFreebsd() && sender.finSent && sender.sndUna == sender.finSeq()) {
            // FreeBSD says FIN again with every acknowledgment until it is acknowledged.
            flags |= TcpWire.FIN;
            seq = sender.finSeq();
        }
        if (!stack.writer.send(this, flags, seq, 0, 0, false, now)) {
            receiver.acks.delay(stack.parameters, now);
        }
    }

    /// RFC 5961: an answer to what may be an attack; limited.
    void challenge(long now) {
        if (!stack.mayRespond(now)) {
            stack.count(Drop.CHALLENGE_LIMIT);
            return;
        }
        if (!stack.writer.send(this, TcpWire.ACK, sender.sndNxt, 0, 0, false, now)) return;
    }

    void established(long now) {
        state = TcpState.ESTABLISHED;
        wasEstablished = true;
        establishedAt = now;
        lastHeardAt = now;
        timers.stop();
        timers.keepAlive(now, true);
        if (stack.parameters.mtuProbing > 1) sender.searchMtu(false);
        growSendBuffer();
        if (listener != null) listener.established(this);
        event(ESTABLISHED | WRITABLE);
    }

    /// The FIN of the peer was taken.
    void peerFinished(long now) {
        switch (state) {
            case ESTABLISHED, SYN_RECEIVED -> state = TcpState.CLOSE_WAIT;
            case FIN_WAIT_1 -> {
                if (sender.isFinAcked()) {
                    enterTimeWait(now);
                } else {
                    state = TcpState.CLOSING;
                }
            }
            case FIN_WAIT_2 -> enterTimeWait(now);
            default -> {}
        }
        event(READABLE);
    }

    void enterTimeWait(long now) {
        state = TcpState.TIME_WAIT;
        sender.clear();
        timers.stop();
        timers.keepAlive(now + stack.parameters.timeWaitNanos);
        event(READABLE | WRITABLE);
    }

    /// Our FIN is acknowledged.
    void finAcked(long now) {
        switch (state) {
            case FIN_WAIT_1 -> {
                state = TcpState.FIN_WAIT_2;
                timers.stopSending();
                if (isOrphan) timers.keepAlive(now + stack.parameters.finWait2Nanos);
            }
            case CLOSING -> enterTimeWait(now);
            case LAST_ACK -> finish();
            default -> {}
        }
    }

    void fail(TcpError cause, long now) {
        if (error == TcpError.NONE) error = cause;
        finish();
    }

    /// Soft errors are told only if the connection ends for want of anything better.
    void finish() {
        hasEnded = true;
        state = TcpState.CLOSED;
        timers.stop();
        sender.clear();
        if (isOrphan) receiver.discard();
        stack.forget(this);
        event(CLOSED | READABLE | WRITABLE);
    }

    void event(int what) {
        events |= what;
        if (!isOrphan) stack.queueEvent(this);
    }

    /// After an acknowledgment: is there room worth waking somebody for?
    void roomMade(long now) {
        if (!wantsRoom) return;
        if (sender.recovery.inFlight() < sender.window.cwnd) growSendBuffer();
        if (!isWorthWriting()) return;
        wantsRoom = false;
        sender.time.stop(Chronograph.BUFFER_LIMITED, sender.queued() > 0, now);
        event(WRITABLE);
    }

    /// Gives back what an idle connection does not need. It is called when a timer has gone off, of
    /// which there is one some time after the last segment.
    void trim(long now) {
        if (now - lastHeardAt < IDLE_NANOS) return;
        if (sender.board.isEmpty() && sender.queued() == 0) sender.clear();
        receiver.trim();
        if (wasEstablished) handshake = null;
    }

    /// Hangs the connection into the stack's wheel where its earliest deadline is.
    void schedule() {
        stack.schedule(this);
    }

    void noteEct(int ecnBits) {
        if (ecnBits != Envelope.NOT_ECT) seenEct = true;
    }

    public boolean isSynDataAccepted() {
        return synDataAccepted;
    }

    /// What the connection is like now.
    public TcpInfo info(long now) {
        return TcpInfo.of(this, now);
    }

    long establishedAt() {
        return establishedAt;
    }

    boolean hasSeenEct() {
        return seenEct;
    }
}
