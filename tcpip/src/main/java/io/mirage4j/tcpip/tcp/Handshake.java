// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// The SYNs of one connection: what is offered in them, what the peer's offer makes of it, and how
/// often they are sent.
final class Handshake {
    private static final byte[] NO_COOKIE = {};

    private final TcpConnection c;
    private final TcpParameters p;

    /// How often a SYN or SYN-ACK went out.
    int sent;

    private boolean wantsEcn;
    private int startedTsVal;
    private long startedAt;

    /// Fast Open: a cookie (or the wish for one) is in our SYN, and data are.
    boolean askedCookie;

    private boolean askedExperimental;
    boolean sentData;
    private boolean firstHadData;

    /// The server's answer to the SYN's Fast Open option: a cookie to give.
    byte[] cookieToGive = NO_COOKIE;

    boolean giveExperimental;

    /// The peer has acknowledged our SYN, but what the listener waits for is data; and how often
    /// the time was up since without an answer of ours.
    private boolean isDeferred;

    private int waited;

    Handshake(TcpConnection c) {
        this.c = c;
        p = c.stack.parameters;
    }

    /// The active opener's SYN.
    boolean sendSyn(long now) {
        var o = c.stack.synOptions;
        int flags = TcpWire.SYN;
        clear(o);
        boolean bare = p.dropOptionsOnRetransmission && sent > 2;
        if (!c.settings.noOptions) {
            o.mss = c.path.advertisableMss();
            if (!bare) {
                o.windowScale = p.windowScaling ? c.receiver.windowShift : -1;
                o.sackPermitted = p.sack;
                o.timestamps = p.timestamps;
                o.signed = c.settings.signatureKey.length > 0;
            }
        }
        o.tsVal = c.tsVal(now);
        if (sent == 0) {
            startedTsVal = o.tsVal;
            startedAt = now;
        }
        wantsEcn = p.ecn == TcpParameters.Ecn.ACTIVE && sent < p.ecnSyns;
        if (wantsEcn) {
            flags |= TcpWire.ECE | TcpWire.CWR;
        }
        int len = sent == 0 ? fastOpen(o) : 0;
        if (!c.stack.writer.sendSyn(c, flags, o, len, now)) return false;
        if (sent == 0) {
            c.sender.sentSyn(now);
            if (len > 0) {
                sentData = true;
                firstHadData = true;
                c.sender.sentWithSyn(len, now);
            }
        } else {
            if (sentData) {
                forgetData();
            }
            c.sender.board.markRetransmitted(c.sender.board.head(), now);
        }
        sent++;
        return true;
    }

    /// The peer did not answer to data in a SYN: they go out again when it has answered without.
    private void forgetData() {
        Scoreboard board = c.sender.board;
        if (board.size() < 2) return;
        c.sender.rewindTo(c.sender.iss + 1);
        board.clear();
        c.sender.append(
                c.sender.iss,
                c.sender.iss + 1,
                Scoreboard.IS_SYN | Scoreboard.EVER_RETRANSMITTED,
                0);
        sentData = false;
    }

    /// Adds the Fast Open option where it is wanted; returns how much data goes into the SYN.
    private int fastOpen(SegmentWriter.SynOptions o) {
        if (!c.settings.fastOpen || !p.fastOpenClient || c.settings.noOptions) return 0;
        PeerCache.Peer peer = c.stack.peers.of(c.remoteHigh, c.remoteLow);
        if (peer.fastOpenDisabled) return 0;
        byte[] cookie = peer.cookie;
        if (cookie == null && p.fastOpenWithoutCookie) return synData(peer);
        askedCookie = true;
        if (cookie == null) {
            o.cookie = NO_COOKIE;
            o.cookieExperimental = peer.tryExperimental == 1;
            askedExperimental = o.cookieExperimental;
            return 0;
        }
        o.cookie = cookie;
        o.cookieExperimental = peer.cookieExperimental;
        askedExperimental = o.cookieExperimental;
        return synData(peer);
    }

    private int synData(PeerCache.Peer peer) {
        return Math.min(c.sender.buffer.queued(), synDataLimit(peer));
    }

    private int synDataLimit(PeerCache.Peer peer) {
        int mss = c.path.advertisableMss();
        if (peer.mss > 0) {
            mss = Math.min(mss, peer.mss);
        }
        return Math.max(0, mss - TcpWire.MAX_OPTIONS);
    }

    /// How much a write before the SYN may put into it: 0 without a cookie.
    int synDataRoom() {
        if (!p.fastOpenClient) return 0;
        PeerCache.Peer peer = c.stack.peers.find(c.remoteHigh, c.remoteLow);
        if (peer == null) return p.fastOpenWithoutCookie ? synDataLimit(new PeerCache.Peer()) : 0;
        if (peer.fastOpenDisabled) return 0;
        return peer.cookie != null || p.fastOpenWithoutCookie ? synDataLimit(peer) : 0;
    }

    /// The answer to the peer's SYN, whether we listened or opened at the same time.
    boolean sendSynAck(long now) {
        var o = c.stack.synOptions;
        clear(o);
        if (!c.settings.noOptions) {
            o.mss = c.path.advertisableMss();
            o.windowScale = c.scaled ? c.receiver.windowShift : -1;
            o.sackPermitted = c.sack;
            o.timestamps = c.receiver.timestamps;
            o.signed = c.settings.signatureKey.length > 0;
        }
        o.tsVal = c.tsVal(now);
        o.tsEcr = c.receiver.tsRecent;
        if (cookieToGive.length > 0) {
            o.cookie = cookieToGive;
            o.cookieExperimental = giveExperimental;
        }
        int flags = TcpWire.SYN | TcpWire.ACK;
        if (c.ecn && sent == 0) {
            flags |= TcpWire.ECE;
        }
        if (!c.stack.writer.sendSyn(c, flags, o, 0, now)) return false;
        Scoreboard board = c.sender.board;
        if (board.isEmpty()) {
            c.sender.sentSyn(now);
        } else {
            board.markRetransmitted(board.head(), now);
        }
        sent++;
        return true;
    }

    private static void clear(SegmentWriter.SynOptions o) {
        o.mss = 0;
        o.windowScale = -1;
        o.sackPermitted = false;
        o.timestamps = false;
        o.tsEcr = 0;
        o.cookie = null;
        o.signed = false;
    }

    boolean resend(long now) {
        return c.state == TcpState.SYN_SENT ? sendSyn(now) : sendSynAck(now);
    }

    /// Takes what the peer's SYN offers.
    void negotiate(Segment s, long now) {
        TcpOptions o = s.options;
        boolean none = c.settings.noOptions;
        boolean active = c.state == TcpState.SYN_SENT;
        c.scaled = p.windowScaling && o.windowScale >= 0 && !none;
        if (c.scaled) {
            c.sender.windowShift = o.windowScale;
        } else {
            c.receiver.windowShift = 0;
        }
        c.sack = p.sack && o.sackPermitted && !none;
        c.receiver.timestamps = p.timestamps && o.hasTimestamps && !none;
        if (c.receiver.timestamps) {
            c.receiver.setRecent(o.tsVal, now);
        }
        c.ecn = grantsEcn(s, active);
        c.sender.peerMss = o.mss > 0 ? Math.max(o.mss, 64) : c.path.defaultMss();
        c.path.update();
        c.receiver.advertisedMss = c.path.advertisableMss();
        c.roundReceiveBuffer();
        c.sender.setWindow(s.window, s.seq, s.ack);
    }

    private boolean grantsEcn(Segment s, boolean active) {
        if (p.ecn == TcpParameters.Ecn.OFF || c.settings.noOptions) return false;
        boolean both = s.has(TcpWire.ECE) && s.has(TcpWire.CWR);
        if (s.has(TcpWire.ACK)) return active && wantsEcn && s.has(TcpWire.ECE) && !both;
        return both;
    }

    /// RFC 7323, 5.2: an echo of what was never sent is from another time.
    boolean isEchoWrong(Segment s, long now) {
        if (!s.options.hasTimestamps || !s.has(TcpWire.ACK) || s.options.tsEcr == 0) return false;
        if (!p.timestamps || c.settings.noOptions) return false;
        int echo = s.options.tsEcr;
        return echo - startedTsVal < 0 || echo - c.tsVal(now) > 0;
    }

    /// A SYN-ACK came: what it says of Fast Open (RFC 7413, 4.2.2).
    void learn(Segment s) {
        TcpOptions o = s.options;
        PeerCache.Peer peer = null;
        boolean accepted = sentData && SeqNum.after(s.ack, c.sender.iss + 1);
        if (askedCookie) {
            peer = c.stack.peers.of(c.remoteHigh, c.remoteLow);
            boolean valid = o.cookieOffset >= 0 && FastOpen.isValidLength(o.cookieLength);
            if (valid) {
                peer.cookie = s.buf.toByteArray(o.cookieOffset, o.cookieLength);
                peer.cookieExperimental = o.cookieExperimental;
            } else if (p.isFreebsd()) {
                // FreeBSD gives up on a path without a good cookie.
                if (peer.cookie == null || !accepted) {
                    peer.fastOpenDisabled = true;
                }
            } else if (o.cookieOffset < 0 && !sentData && peer.cookie == null) {
                int tried = askedExperimental ? 2 : 1;
                if (tried > peer.tryExperimental) {
                    peer.tryExperimental = tried;
                }
            }
        }
        if (c.settings.fastOpen) {
            if (peer == null) {
                peer = c.stack.peers.of(c.remoteHigh, c.remoteLow);
            }
            if (o.mss > 0) {
                peer.mss = o.mss;
            }
        }
        c.synDataAccepted = accepted;
        c.synDataRefused = firstHadData && !accepted;
    }

    /// Data waited for the handshake, and none were lost with it.
    boolean dataWaited() {
        return !firstHadData || c.synDataAccepted;
    }

    /// Whether an ACK without data leaves a listener waiting. The last SYN-ACK in that time asks
    /// the peer to say something again.
    boolean defersAccept() {
        // Of one that comes by a cookie nothing was kept that could time out.
        if (sent == 0 || timeouts() >= deferredTimeouts()) return false;
        isDeferred = true;
        return true;
    }

    private int timeouts() {
        return sent - 1 + waited;
    }

    /// As often as a SYN-ACK goes out again within the time of the listener.
    private int deferredTimeouts() {
        long rto = p.rtoInitialNanos;
        int count = 0;
        for (long passed = 0; passed < c.settings.deferAcceptNanos; passed += rto << count++) {
            if (count == 30) break;
        }
        return count;
    }

    /// When the application's patience ends.
    private long end() {
        long userTimeout = c.settings.userTimeoutNanos;
        return c.isPassive || userTimeout == 0 ? Long.MAX_VALUE : startedAt + userTimeout;
    }

    void timeout(long now) {
        int most;
        if (c.state == TcpState.SYN_SENT) {
            most = c.settings.synRetries > 0 ? c.settings.synRetries : p.synRetries;
        } else {
            most = c.isPassive ? p.synAckRetries : p.synRetries;
        }
        if (isDeferred) {
            most = Math.max(most, deferredTimeouts());
        }
        if (timeouts() >= most || now >= end()) {
            c.fail(TcpError.TIMED_OUT, now);
            return;
        }
        if (isDeferred && timeouts() < deferredTimeouts() - 1) {
            waited++;
            c.sender.rtt.backoff++;
            c.timers.handshakeStarted(now + c.sender.rtt.backedOff(p));
            return;
        }
        // RFC 5681, 3.1: a lost SYN says that the path is not well.
        if (sent > 1) {
            c.sender.window.cwnd = 1;
        }
        c.sender.rtt.backoff++;
        resend(now);
        c.timers.handshakeStarted(Math.min(now + c.sender.rtt.backedOff(p), end()));
    }
}
