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

    boolean synDataRefused;

    TcpState state = TcpState.CLOSED;
    TcpError error = TcpError.NONE;

    /// What ICMP last said is wrong with the path, until the peer is heard again.
    TcpError softError = TcpError.NONE;

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

    /// Nothing has come for a while, and what an idle connection does not need was given back.
    boolean isIdle;

    /// The application has closed, and will not be told any more.
    boolean isOrphan;

    /// The application writes no more.
    boolean writeShut;

    boolean hasEnded;
    boolean inTable;
    boolean wasEstablished;

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
        receiver.windowShift = stack.windowShift(settings, receiver.limit);
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
        if (settings.receiveBufferOctets > 0) {
            receiver.limit = receiveBuffer();
        }
        KeepAlive.start(this, now);
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
        return sender.buffer.room();
    }

    /// Octets written that are not acknowledged, and those of them that were not sent yet.
    public int unacknowledged() {
        return sender.buffer.queued();
    }

    public int unsent() {
        return sender.buffer.unsent();
    }

    boolean mayWrite() {
        return !writeShut && error == TcpError.NONE && !hasEnded;
    }

    /// Takes octets to send, as many as there is room for, and returns how many. They are copied.
    public int write(ReadOnlyCstruct source, int off, int len, long now) {
        return write(source, off, len, false, now);
    }

    /// As [#write(ReadOnlyCstruct, int, int, long)]; with `more`, a last partial segment waits for
    /// what is about to be written.
    public int write(ReadOnlyCstruct source, int off, int len, boolean more, long now) {
        int count = sender.buffer.fill(source, off, len, now);
        push(more, now);
        return count;
    }

    /// Sends what waits to be a full segment, even where the application has corked it.
    public void flush(long now) {
        sender.flush(now);
        schedule();
    }

    /// As [#write], and what comes after it is not joined with it into one segment.
    public int writeRecord(ReadOnlyCstruct source, int off, int len, long now) {
        int count = sender.buffer.fillRecord(source, off, len, now);
        push(false, now);
        return count;
    }

    /// Whether there is room enough to wake a writer: a third of what is queued.
    public boolean isWorthWriting() {
        return sender.buffer.isWorthWriting();
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
        if (isAnswerDue() || receiver.isUpdateDue()) {
            sendAck(now);
            schedule();
        }
        return count;
    }

    /// Whether the application has read all of what Linux acknowledges then.
    boolean isAnswerDue() {
        return receiver.readable() == 0
                && !stack.parameters.isFreebsd()
                && receiver.acks.isDueAfterRead();
    }

    /// Lets octets that come in order go to `landing`, as long as none wait to be read; null: to
    /// nobody any more.
    public void land(@Nullable Landing landing) {
        receiver.landing = landing;
    }

    /// Says that nothing more will be written; what was is sent.
    public void shutdownWrite(long now) {
        if (!writeShut) {
            Closing.shutdownWrite(this, now);
        }
    }

    /// Ends what the application has to do with this. Unread data mean that the peer must know that
    /// they were lost (RFC 2525, 2.17): then it is a reset.
    public void close(long now) {
        Closing.close(this, now);
    }

    /// Resets.
    public void abort(long now) {
        Closing.abort(this, now);
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
        if (receiver.limit > mss) {
            receiver.limit = (receiver.limit + mss - 1) / mss * mss;
        }
    }

    void sendAck(long now) {
        int flags = TcpWire.ACK;
        int seq = sender.sndNxt;
        if (stack.parameters.isFreebsd()
                && sender.finSent
                && sender.sndUna == sender.buffer.end()) {
            // FreeBSD says FIN again with every acknowledgment until it is acknowledged.
            flags |= TcpWire.FIN;
            seq = sender.buffer.end();
        }
        if (!stack.writer.send(this, flags, seq, 0, 0, false, now)) {
            receiver.acks.delay(stack.parameters, now);
        }
    }

    /// RFC 5961: an answer to what may be an attack; limited.
    void challenge(long now) {
        if (!stack.responses.mayGoOut(now)) {
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
        KeepAlive.start(this, now);
        if (stack.parameters.mtuProbing > 1) {
            sender.searchMtu(false);
        }
        sender.buffer.grow();
        if (listener != null) {
            listener.established(this);
        }
        event(ESTABLISHED | WRITABLE);
    }

    void fail(TcpError cause, long now) {
        Closing.fail(this, cause, now);
    }

    void finish() {
        Closing.finish(this);
    }

    void event(int what) {
        events |= what;
        if (!isOrphan) {
            stack.events.add(this);
        }
    }

    /// When [#trim] has something to do at last, if nothing comes until then.
    long idleAt() {
        return isIdle ? Engine.NEVER : lastHeardAt + IDLE_NANOS;
    }

    /// Gives back what an idle connection does not need. It is called when a timer has gone off, of
    /// which there is one some time after the last segment.
    void trim(long now) {
        if (now < idleAt()) return;
        isIdle = true;
        if (sender.board.isEmpty() && sender.buffer.queued() == 0) {
            sender.clear();
        }
        receiver.trim();
        if (wasEstablished) {
            handshake = null;
        }
    }

    /// Hangs the connection into the stack's wheel where its earliest deadline is.
    void schedule() {
        stack.schedule(this);
    }

    void noteEct(int ecnBits) {
        if (ecnBits != Envelope.NOT_ECT) {
            seenEct = true;
        }
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
