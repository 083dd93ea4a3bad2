// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.SipHash;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// All TCP connections and listeners of one host, as a core: segments, ICMP errors, time and
/// randomness come in, segments go out through a [SegmentSink], events are asked for. One owner; it
/// locks nothing and opens nothing.
///
/// ```java
/// TcpStack tcp = new TcpStack(ip, entropy, TcpParameters.linux());
/// TcpListener web = tcp.listen(80, 128, new TcpSettings());
/// tcp.receive(envelope, segment, 0, segment.length(), now);
/// for (TcpConnection c; (c = web.accept()) != null; ) serve(c);
/// tcp.advance(now);
/// ```
public final class TcpStack {
    final TcpParameters parameters;
    final Pages pages;
    final SegmentWriter writer;
    private final Segment parsed = new Segment();
    private final Train train = new Train();

    /// The one that is being taken.
    Segment segment = parsed;

    final Acked acked = new Acked();
    final SegmentWriter.SynOptions synOptions = new SegmentWriter.SynOptions();
    final PeerCache peers = new PeerCache();
    private final SegmentSink sink;
    final Numbers numbers;
    private final ActiveOpens activeOpens;
    private final PassiveOpens passiveOpens;
    private final ConnectionTable table;
    final Listeners listeners = new Listeners();
    private final TimerWheel wheel = new TimerWheel();
    final Arrival arrival;
    private final ArrayDeque<TcpConnection> blocked = new ArrayDeque<>();

    final Events events = new Events();

    private final long[] drops = new long[Drop.values().length];
    final Responses responses;
    long segmentsSent;
    private long segmentsReceived;

    public TcpStack(SegmentSink sink, Entropy entropy, TcpParameters parameters) {
        this.sink = sink;
        this.parameters = parameters;
        pages = new Pages(parameters.memoryOctets);
        writer = new SegmentWriter(this, sink);
        numbers = new Numbers(entropy);
        activeOpens = new ActiveOpens(this);
        passiveOpens = new PassiveOpens(this, entropy);
        table = new ConnectionTable(new SipHash(entropy.nextLong(), entropy.nextLong()));
        responses = new Responses(this);
        arrival = new Arrival(this);
    }

    public TcpParameters parameters() {
        return parameters;
    }

    // Opening.

    /// Waits for connections to `port` of any local address.
    ///
    /// @throws IllegalArgumentException if somebody listens there already
    public TcpListener listen(int port, int backlog, TcpSettings settings) {
        return listen(IpVersions.BOTH, port, backlog, settings);
    }

    /// Waits for connections to `port` of any local address of some versions.
    ///
    /// @throws IllegalArgumentException if somebody listens there already
    public TcpListener listen(IpVersions versions, int port, int backlog, TcpSettings settings) {
        return listen(0, 0, versions, port, backlog, settings);
    }

    /// Waits for connections to `port` of one address; both halves 0: of any.
    ///
    /// @throws IllegalArgumentException if somebody listens there already
    public TcpListener listen(
            long localHigh, long localLow, int port, int backlog, TcpSettings settings) {
        return listen(localHigh, localLow, IpVersions.BOTH, port, backlog, settings);
    }

    private TcpListener listen(
            long high, long low, IpVersions versions, int port, int backlog, TcpSettings s) {
        var l = new TcpListener(this, high, low, versions, port, Math.max(0, backlog), s);
        listeners.add(l);
        return l;
    }

    /// Keeps a local port from being chosen for connections, until [#unbind].
    public void bind(int port, TcpSettings settings) {
        listeners.bind(port, settings);
    }

    public void unbind(int port) {
        listeners.unbind(port);
    }

    /// Whether a listener or a bound port is there.
    public boolean isTaken(int port) {
        return listeners.isTaken(port);
    }

    /// Makes a connection that is not open yet: data may be written before [#open], for Fast Open.
    ///
    /// @param local the envelope's source is ours, its destination the peer
    /// @param localPort 0: one is chosen (RFC 6056)
    /// @return null if no port is free, or the stack has all the connections it may have
    public @Nullable TcpConnection prepare(
            Envelope local, int localPort, int remotePort, TcpSettings settings, long nowNanos) {
        return activeOpens.prepare(local, localPort, remotePort, settings, nowNanos);
    }

    /// Sends the SYN of a prepared connection, with what was written if Fast Open allows.
    public void open(TcpConnection c, long nowNanos) {
        activeOpens.open(c, nowNanos);
    }

    /// [#prepare] and [#open] in one.
    public @Nullable TcpConnection connect(
            Envelope local, int localPort, int remotePort, TcpSettings settings, long nowNanos) {
        TcpConnection c = prepare(local, localPort, remotePort, settings, nowNanos);
        if (c != null) {
            open(c, nowNanos);
        }
        return c;
    }

    @Nullable TcpConnection findActive(Envelope local, int port, int remotePort) {
        return table.find(
                local.sourceHigh,
                local.sourceLow,
                port,
                local.destinationHigh,
                local.destinationLow,
                remotePort);
    }

    // What comes in.

    /// Takes the segment of `len` octets at `off`. The window and the envelope are valid until this
    /// returns. Whatever octets it has, this does not throw.
    public void receive(Envelope envelope, Cstruct buf, int off, int len, long nowNanos) {
        settle(nowNanos);
        if (parse(envelope, buf, off, len)) {
            take(envelope, buf, off, len, parsed, nowNanos);
        }
    }

    /// As [#receive], of a segment whose window stays as it is until [#settle]: those that follow
    /// each other are taken as one, at the latest then.
    public void join(Envelope envelope, Cstruct buf, int off, int len, long nowNanos) {
        if (!parse(envelope, buf, off, len) || train.append(envelope, parsed)) return;
        settle(nowNanos);
        if (!train.begin(envelope, parsed)) {
            take(envelope, buf, off, len, parsed, nowNanos);
        }
    }

    /// Takes what was given to [#join] and waits for more.
    public void settle(long nowNanos) {
        if (train.isEmpty()) return;
        Segment s = train.segment();
        // Nothing in a train is signed, so nobody looks at a whole segment.
        take(train.envelope(), s.buf, 0, 0, s, nowNanos);
        train.clear();
    }

    private boolean parse(Envelope envelope, Cstruct buf, int off, int len) {
        segmentsReceived++;
        switch (TcpWire.check(buf, off, len)) {
            case TRUNCATED -> count(Drop.TRUNCATED);
            case BAD_OFFSET -> count(Drop.BAD_OFFSET);
            case OK -> {
                boolean right =
                        envelope.checksumDone || TcpWire.isChecksumRight(envelope, buf, off, len);
                if (right) {
                    parsed.parse(envelope, buf, off, len);
                    return true;
                }
                count(Drop.BAD_CHECKSUM);
            }
        }
        return false;
    }

    private void take(Envelope e, Cstruct buf, int off, int len, Segment s, long now) {
        segment = s;
        if (parameters.dropSynFin && s.has(TcpWire.SYN) && s.has(TcpWire.FIN)) {
            count(Drop.SYN_FIN);
            return;
        }
        TcpConnection c = table.find(e, s.sourcePort, s.destinationPort);
        if (c != null) {
            if (!isSigned(c.settings, e, buf, off, len, s)) return;
            if (isEncapsulatedAs(c, e) || reopensTimeWait(c, s)) {
                arrival.segment(c, e, s, now);
            } else {
                responses.reset(e, s, c.settings, now);
            }
            return;
        }
        TcpListener l = listeners.find(e, s.destinationPort);
        if (l == null) {
            responses.reset(e, s, listeners.settings(s.destinationPort), now);
            return;
        }
        if (isSigned(l.settings, e, buf, off, len, s)) {
            passiveOpens.listen(l, e, s, now);
        }
    }

    static final TcpSettings NO_SETTINGS = new TcpSettings();

    private boolean isSigned(
            TcpSettings settings, Envelope e, Cstruct buf, int off, int len, Segment s) {
        int at = s.options.signatureOffset;
        byte[] key = settings.signatureKey;
        if (key.length == 0 && at < 0) return true;
        if (key.length > 0 && at >= 0 && Signature.isRight(e, buf, off, len, at, key)) return true;
        count(Drop.SIGNATURE);
        return false;
    }

    private static boolean isEncapsulatedAs(TcpConnection c, Envelope e) {
        return c.udpRemote == e.udpSource && c.udpLocal == e.udpDestination;
    }

    private static boolean reopensTimeWait(TcpConnection c, Segment s) {
        return c.state == TcpState.TIME_WAIT
                && s.has(TcpWire.SYN)
                && !s.has(TcpWire.ACK)
                && SeqNum.after(s.seq, c.receiver.rcvNxt);
    }

    /// A SYN that is newer than the connection in TIME-WAIT it belongs to.
    void reopen(Envelope e, Segment s, int afterIss, long now) {
        passiveOpens.reopen(e, s, afterIss, now);
    }

    /// Takes an ICMP error about a segment of ours. The addresses of the envelope are those of the
    /// quoted packet, so its source is ours; `off` is the first octet of the quoted TCP header, of
    /// which there are at least 8 octets. `mtu` counts for [IcmpError#TOO_BIG] only.
    public void error(
            Envelope envelope,
            IcmpError error,
            int mtu,
            Cstruct quoted,
            int off,
            int len,
            long nowNanos) {
        if (len < 8) {
            count(Drop.TRUNCATED);
            return;
        }
        TcpConnection c =
                findActive(
                        envelope,
                        TcpWire.sourcePort(quoted, off),
                        TcpWire.destinationPort(quoted, off));
        boolean ours =
                c != null
                        && c.udpLocal == envelope.udpSource
                        && c.udpRemote == envelope.udpDestination
                        && isOnItsWay(c, TcpWire.seq(quoted, off));
        if (c == null || !ours) {
            count(Drop.ICMP_NOT_OURS);
            return;
        }
        IcmpErrors.take(c, error, mtu, nowNanos);
        schedule(c);
    }

    /// RFC 5927, 4.1: only what is unacknowledged can have met with an error.
    private static boolean isOnItsWay(TcpConnection c, int seq) {
        return SeqNum.atLeast(seq, c.sender.sndUna) && SeqNum.before(seq, c.sender.sndNxt);
    }

    // Time, devices, events.

    /// Does what is due by now.
    public void advance(long nowNanos) {
        for (TcpConnection c; (c = wheel.poll(nowNanos)) != null; ) {
            c.timers.expire(nowNanos);
            c.trim(nowNanos);
            schedule(c);
        }
    }

    /// The device has room again after [SegmentSink#slot] had none.
    public void resume(long nowNanos) {
        for (int i = blocked.size(); i > 0; i--) {
            TcpConnection c = blocked.remove();
            c.isBlockedOnDevice = false;
            c.sender.output(false, nowNanos);
            schedule(c);
        }
    }

    /// When [#advance] has something to do next, or earlier;
    /// [NEVER][io.mirage4j.platform.Engine#NEVER] if nothing is planned.
    public long nextDeadline() {
        return wheel.nextDeadline();
    }

    /// The next connection that something happened to, or null. What happened is [#takeEvents];
    /// each is named once until more happens.
    public @Nullable TcpConnection nextEvent() {
        return events.poll();
    }

    /// The bits of [TcpConnection#ESTABLISHED] and its neighbours, forgotten hereby.
    public int takeEvents(TcpConnection c) {
        int events = c.events;
        c.events = 0;
        return events;
    }

    /// The next listener that has somebody to accept, or null.
    public @Nullable TcpListener nextListener() {
        return listeners.nextReady();
    }

    /// How many segments and errors were dropped for a cause.
    public long dropped(Drop cause) {
        return drops[index(cause)];
    }

    public long segmentsReceived() {
        return segmentsReceived;
    }

    public long segmentsSent() {
        return segmentsSent;
    }

    /// Connections, half-open ones and those in TIME-WAIT included.
    public int connections() {
        return table.size();
    }

    /// Calls `visitor` with each of them; it must not open or close any.
    public void forEach(java.util.function.Consumer<TcpConnection> visitor) {
        table.forEach(visitor);
    }

    /// Octets of payload memory in use.
    public long memoryInUse() {
        return (long) pages.inUse() << Pages.SHIFT;
    }

    /// Forgets what was learnt of other hosts: cookies, MSS, path MTUs.
    public void forgetPeers() {
        peers.clear();
    }

    // For connections.

    @SuppressWarnings("EnumOrdinal") // An index into counters that live no longer than this class.
    private static int index(Drop cause) {
        return cause.ordinal();
    }

    void count(Drop cause) {
        drops[index(cause)]++;
    }

    CongestionControl newControl(TcpSettings settings) {
        String name = settings.congestionControl;
        SlowStart slowStart = SlowStart.of(parameters);
        return (name.isEmpty() ? parameters.congestionControl : name).equals("cubic")
                ? new Cubic(slowStart)
                : new NewReno(slowStart);
    }

    int segmentationLimit() {
        return sink.segmentationLimit();
    }

    int mtu(long high, long low) {
        return sink.mtu(high, low);
    }

    /// The shift that makes the largest buffer expressible: the one there is, where the application
    /// has chosen it.
    int windowShift(TcpSettings settings, int limit) {
        boolean chosen = settings.receiveBufferOctets > 0 && !parameters.isFreebsd();
        long space = chosen ? limit : Math.max(limit, parameters.maxReceiveBufferOctets);
        int shift = 0;
        while (shift < 14 && space >> shift > 0xffff) shift++;
        return shift;
    }

    boolean isFull() {
        return table.size() >= parameters.maxConnections;
    }

    void add(TcpConnection c) {
        table.add(c);
        c.inTable = true;
    }

    void forget(TcpConnection c) {
        wheel.remove(c);
        if (c.inTable) {
            table.remove(c);
            c.inTable = false;
            TcpListener l = c.listener;
            if (l != null && !c.wasEstablished) {
                l.failed(c);
            }
        }
    }

    void abandonHalfOpen(TcpListener l, long now) {
        List<TcpConnection> mine = new ArrayList<>();
        table.forEach(
                c -> {
                    if (c.listener == l) {
                        mine.add(c);
                    }
                });
        for (TcpConnection c : mine) {
            c.isOrphan = true;
            c.finish();
        }
    }

    void blocked(TcpConnection c) {
        if (c.isBlockedOnDevice) return;
        c.isBlockedOnDevice = true;
        blocked.add(c);
    }

    /// Hangs `c` up anew if its deadline has come nearer; one that went away is found out later.
    void schedule(TcpConnection c) {
        if (!c.inTable) return;
        long next = c.timers.next();
        if (c.wheelSlot >= 0) {
            if (c.wheelDeadline <= next) return;
            wheel.remove(c);
        }
        next = Math.min(next, c.idleAt());
        if (next == Engine.NEVER) return;
        c.wheelDeadline = next;
        wheel.add(c);
    }
}
