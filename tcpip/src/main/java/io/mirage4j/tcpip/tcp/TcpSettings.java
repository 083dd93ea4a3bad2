// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// What an application chooses for one connection, or for all that a listener accepts: the socket
/// options. 0 (or -1 where 0 means something) leaves a choice to the [TcpParameters].
public final class TcpSettings implements Cloneable {
    public boolean noDelay;

    /// Holds partial segments back, for at most 200 ms.
    public boolean cork;

    public boolean quickAck;
    public boolean keepAlive;
    public long keepIdleNanos;
    public long keepIntervalNanos;
    public int keepCount;
    public long connectTimeoutNanos;
    public int synRetries;

    /// RFC 5482's local half: unacknowledged data this old ends the connection; 0: never.
    public long userTimeoutNanos;

    /// The largest segment we send and announce; 0: as the path has it.
    public int maxSegment;

    /// `cubic` or `reno`; empty: what the parameters of the stack say. It counts from when nothing
    /// is known of the path: at first, and after the connection has been idle.
    public String congestionControl = "";

    /// Sends no options at all, and heeds none.
    public boolean noOptions;

    /// A listener hands a connection out when data have come on it, and lets its peer wait this
    /// long for that; 0: as soon as it stands.
    public long deferAcceptNanos;

    /// How long a connection that was closed waits for the peer to close too; 0: as the parameters
    /// say, less: not at all, it is reset.
    public long finWait2Nanos;

    public int sendBufferOctets;
    public int receiveBufferOctets;
    public int notSentLowWater;
    public int hopLimit;
    public int trafficClass;

    /// Lets IP cut our packets.
    public boolean mayFragment;

    /// At most this MTU, whatever the route has.
    public int mtu;

    /// The UDP port of the peer, for segments in UDP; 0: bare TCP.
    public int udpRemotePort;

    public boolean fastOpen;

    /// How many connections that came by Fast Open a listener lets be unacknowledged.
    public int fastOpenBacklog;

    public long fastOpenKey0;
    public long fastOpenKey1;
    public boolean fastOpenKeyGiven;

    /// The key of RFC 2385's signatures; empty: none.
    public byte[] signatureKey = {};

    public TcpSettings copy() {
        try {
            return (TcpSettings) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
