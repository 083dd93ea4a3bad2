// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// How a stack behaves where the RFCs leave a choice: the knobs that systems call sysctls. They may
/// be turned at any time and count from the next use. [#linux] and [#freebsd] look like those
/// systems on the wire; a new object is a Linux with the defences of RFC 5961.
public final class TcpParameters {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    /// In whose order options are written, and other things that no RFC decides.
    public enum Profile {
        LINUX,
        FREEBSD
    }

    /// How long the window doubles at first.
    public enum SlowStart {
        /// Until something is lost (RFC 5681).
        PLAIN,
        /// Until the round trip grows, as Linux finds it.
        HYSTART,
        /// Until the round trip grows, and then slower for a while (RFC 9406).
        HYSTART_PLUS_PLUS
    }

    /// Whether and how ECN is negotiated (RFC 3168).
    public enum Ecn {
        OFF,
        /// Asks for it, and grants it.
        ACTIVE,
        /// Grants it only.
        PASSIVE
    }

    /// When a listener answers with a SYN cookie (RFC 4987).
    public enum SynCookies {
        NEVER,
        WHEN_FULL,
        ALWAYS
    }

    public Profile profile = Profile.LINUX;

    public boolean windowScaling = true;
    public boolean timestamps = true;
    public boolean sack = true;

    /// Drops segments without the timestamps that were agreed on (RFC 7323, 3.2), but for RSTs.
    public boolean requireTimestamps = true;

    public Ecn ecn = Ecn.PASSIVE;

    /// How many SYNs ask for ECN before one does without.
    public int ecnSyns = 1;

    public SynCookies synCookies = SynCookies.WHEN_FULL;

    /// Half-open connections of one listener beyond which SYN cookies are the answer.
    public int synBacklog = 1024;

    public int initialWindowSegments = 10;
    public int maxWindowSegments = 65_535;
    public String congestionControl = "cubic";

    /// When slow start ends without a loss.
    public SlowStart slowStart = SlowStart.HYSTART;

    public boolean slowStartAfterIdle;

    /// RFC 8985; without it three duplicates mean a loss (RFC 6675).
    public boolean rack = true;

    public boolean tailLossProbe = true;
    public int reordering = 3;

    /// Spreads what a window allows over the round trip instead of sending it at once.
    public boolean pacing;

    /// Lets a part of what could go out in one piece wait for the next acknowledgment, unless it is
    /// one in so many of the window (Linux's `tcp_tso_win_divisor`); 0: sends what may be sent.
    public int burstDivisor;

    /// At least as many segments go in one piece.
    public int burstSegments = 2;

    public long rtoInitialNanos = SECOND;
    public long rtoMinNanos = 200 * MILLISECOND;
    public long rtoMaxNanos = 120 * SECOND;

    /// FreeBSD adds this to a timeout in the place of a minimum of the variance.
    public long rtoSlopNanos;

    public int synRetries = 6;
    public int synAckRetries = 5;

    /// Retransmissions of data after which a connection is given up.
    public int retries = 15;

    public long delayedAckNanos = 40 * MILLISECOND;
    public long keepIdleNanos = 7200 * SECOND;
    public long keepIntervalNanos = 75 * SECOND;
    public int keepCount = 9;

    /// How long a connect may take; FreeBSD's TCP_KEEPINIT. 0: only [#synRetries] counts.
    public long connectTimeoutNanos;

    public long timeWaitNanos = 60 * SECOND;
    public long finWait2Nanos = 60 * SECOND;

    public int sendBufferOctets = 256 << 10;
    public int maxSendBufferOctets = 4 << 20;
    public int receiveBufferOctets = 65_535;
    public int maxReceiveBufferOctets = 6 << 20;

    /// What all payload in the stack's buffers may take.
    public long memoryOctets = 256L << 20;

    /// Stretches of data that one connection keeps ahead of what is missing.
    public int maxHoles = 128;

    /// Connections and half-open ones of the whole stack.
    public int maxConnections = 1 << 21;

    /// Challenge ACKs and answers to nobody's segments per second (RFC 5961, 7).
    public int responsesPerSecond = 1000;

    /// Takes a RST anywhere in the window, as before RFC 5961.
    public boolean insecureReset;

    /// Resets on a SYN in the window, as before RFC 5961.
    public boolean insecureSyn;

    /// Drops segments with SYN and FIN.
    public boolean dropSynFin;

    /// Whether ICMP may end a connect.
    public boolean icmpMayReset = true;

    /// RFC 4821: 0 never probes, 1 once an ICMP black hole shows, 2 always.
    public int mtuProbing = 1;

    public int baseMss = 1024;

    /// FreeBSD's black hole detection: after two timeouts this MSS is tried; 0: off.
    public int blackholeMss;

    /// Options are left out of a SYN from its third retransmission on.
    public boolean dropOptionsOnRetransmission;

    public boolean fastOpenClient = true;
    public boolean fastOpenServer = true;

    /// Sends data in the SYN without any cookie.
    public boolean fastOpenWithoutCookie;

    /// Takes data in a SYN without any cookie.
    public boolean fastOpenAcceptsWithoutCookie;

    /// Every listener does Fast Open, not only those that were told.
    public boolean fastOpenEveryListener;

    /// Two halves of the key of Fast Open cookies; both 0: drawn at random.
    public long fastOpenKey0;

    public long fastOpenKey1;
    public boolean fastOpenKeyGiven;

    /// The local UDP port of segments in UDP (RFC 6951's idea; FreeBSD's udp_tunneling_port); 0:
    /// off.
    public int udpPort;

    /// What counts for [TcpSettings#notSentLowWater] of 0.
    public int notSentLowWater = Integer.MAX_VALUE;

    /// Looks like a Linux.
    public static TcpParameters linux() {
        var p = new TcpParameters();
        p.requireTimestamps = false;
        return p;
    }

    public static TcpParameters freebsd() {
        var p = new TcpParameters();
        p.profile = Profile.FREEBSD;
        p.requireTimestamps = false;
        p.rtoMinNanos = 30 * MILLISECOND;
        p.rtoMaxNanos = 64 * SECOND;
        p.rtoSlopNanos = 200 * MILLISECOND;
        p.synRetries = 12;
        p.synAckRetries = 3;
        p.retries = 12;
        p.keepCount = 8;
        p.connectTimeoutNanos = 75 * SECOND;
        p.receiveBufferOctets = 65_536;
        p.maxReceiveBufferOctets = 2 << 20;
        p.sendBufferOctets = 32_768;
        p.maxSendBufferOctets = 2 << 20;
        p.ecnSyns = 2;
        p.rack = false;
        p.tailLossProbe = false;
        p.mtuProbing = 0;
        return p;
    }

    boolean isFreebsd() {
        return profile == Profile.FREEBSD;
    }
}
