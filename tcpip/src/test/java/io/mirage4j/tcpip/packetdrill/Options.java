// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.packetdrill.Kernel.Outcome;
import io.mirage4j.tcpip.packetdrill.Script.Value;
import io.mirage4j.tcpip.tcp.TcpParameters;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.tcp.TcpState;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// `setsockopt` and `getsockopt`.
final class Options {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;

    /// What a program reads that has not written.
    private static final Map<String, Long> UNCHANGED =
            Map.of(
                    "SO_REUSEADDR", 0L,
                    "SO_REUSEPORT", 0L,
                    "SO_PRIORITY", 0L,
                    "SO_MARK", 0L,
                    "SO_LINGER", 0L,
                    "TCP_WINDOW_CLAMP", 0L);

    private final Host host;
    private final boolean freebsd;

    Options(Host host, boolean freebsd) {
        this.host = host;
        this.freebsd = freebsd;
    }

    private static String name(Value value) {
        if (value instanceof Script.Name n) return n.name();
        throw new Skipped("option " + value);
    }

    Outcome set(Socket s, List<Value> a) {
        String option = name(a.get(2));
        long value = 0;
        if (!option.equals("TCP_FASTOPEN_KEY") && !option.equals("TCP_FUNCTION_BLK")) {
            refuseOthers(option);
            value = Constants.value(a.get(3));
        }
        if (!freebsd && !isTakenByLinux(option, value)) return Kernel.error("EINVAL");
        TcpSettings t = s.change();
        TcpParameters p = host.parameters;
        switch (option) {
            case "SO_REUSEADDR", "SO_REUSEPORT", "IP_FREEBIND", "IPV6_V6ONLY" ->
                    s.others.put(option, value);
            case "SO_LINGER" ->
                    s.resetsOnClose =
                            a.get(3) instanceof Script.Fields linger
                                    && isField(linger, "onoff", 1)
                                    && isField(linger, "linger", 0);
            case "TCP_CONGESTION" -> {
                if (a.get(3) instanceof Script.Text text) {
                    if (!text(text).equals("cubic") && !text(text).equals("reno")) {
                        return Kernel.error("ENOENT");
                    }
                    t.congestionControl = text(text);
                }
            }
            case "SO_RCVTIMEO" -> s.receiveTimeoutNanos = duration(a.get(3));
            case "SO_SNDTIMEO" -> s.sendTimeoutNanos = duration(a.get(3));
            case "SO_ZEROCOPY" -> s.zeroCopy = value != 0;
            case "SO_TIMESTAMPING" -> {
                long pending = s.connection == null ? 0 : s.connection.unacknowledged();
                // In front of the stream there is the SYN, until it is acknowledged.
                s.errors.stamp((int) value, s.octetsWritten - pending - (s.isConnecting() ? 1 : 0));
            }
            // What does not show on the wire of a script.
            case "TCP_WINDOW_CLAMP", "TCP_SAVE_SYN" -> s.others.put(option, value);
            case "TCP_LINGER2" -> t.finWait2Nanos = value * SECOND;
            case "SO_RCVLOWAT" -> s.receiveLowWater = Math.max(1, (int) value);
            case "TCP_DEFER_ACCEPT" -> t.deferAcceptNanos = inTimeouts(value) * SECOND;
            case "SO_MARK", "SO_PRIORITY", "SO_MAX_PACING_RATE" -> s.others.put(option, value);
            case "SO_OOBINLINE", "SO_DONTROUTE", "SO_BROADCAST", "SO_INCOMING_CPU" ->
                    s.others.put(option, value);
            case "IP_RECVTOS", "IP_RECVTTL", "IP_RECVERR", "IPV6_RECVERR" ->
                    s.others.put(option, value);
            case "TCP_THIN_LINEAR_TIMEOUTS", "TCP_THIN_DUPACK", "IPV6_AUTOFLOWLABEL" ->
                    s.others.put(option, value);
            case "IPV6_RECVTCLASS", "IPV6_RECVHOPLIMIT", "IP_BIND_ADDRESS_NO_PORT" ->
                    s.others.put(option, value);
            case "TCP_FUNCTION_BLK", "TCP_RACK_PACE_MAX_SEG", "TCP_RACK_PACE_RATE_SS" -> {}
            case "TCP_RACK_PACE_ALWAYS" -> {}
            case "SO_KEEPALIVE" -> t.keepAlive = value != 0;
            case "SO_SNDBUF" -> {
                s.sendBuffer = (int) value * (freebsd ? 1 : 2);
                t.sendBufferOctets = s.sendBuffer;
            }
            case "SO_RCVBUF" -> {
                s.receiveBuffer = (int) value * (freebsd ? 1 : 2);
                t.receiveBufferOctets = (int) value;
            }
            case "TCP_NODELAY" -> {
                t.noDelay = value != 0;
                if (t.noDelay && s.connection != null) {
                    s.connection.flush(host.now);
                }
            }
            case "TCP_CORK", "TCP_NOPUSH" -> t.cork = value != 0;
            case "TCP_QUICKACK" -> t.quickAck = value != 0;
            case "TCP_MAXSEG" -> t.maxSegment = (int) value;
            case "TCP_KEEPIDLE" -> t.keepIdleNanos = value * SECOND;
            case "TCP_KEEPINTVL" -> t.keepIntervalNanos = value * SECOND;
            case "TCP_KEEPCNT" -> t.keepCount = (int) value;
            case "TCP_KEEPINIT" -> t.connectTimeoutNanos = value * SECOND;
            case "TCP_SYNCNT" -> t.synRetries = (int) value;
            case "TCP_USER_TIMEOUT" -> t.userTimeoutNanos = value * MILLISECOND;
            case "TCP_NOTSENT_LOWAT" -> t.notSentLowWater = lowWater(value);
            case "TCP_NOOPT" -> t.noOptions = value != 0;
            case "TCP_INQ" -> s.reportsInq = value != 0;
            case "TCP_FASTOPEN" -> {
                t.fastOpen = value != 0;
                t.fastOpenBacklog = (int) value;
            }
            case "TCP_FASTOPEN_NO_COOKIE" -> {
                p.fastOpenWithoutCookie = value != 0;
                p.fastOpenAcceptsWithoutCookie = value != 0;
            }
            case "TCP_FASTOPEN_CONNECT" -> {
                if (s.connection != null) return Kernel.error("EINVAL");
                s.fastOpenConnect = value != 0;
            }
            case "TCP_FASTOPEN_KEY" -> {
                return fastOpenKey(t, a);
            }
            case "TCP_MD5SIG" -> t.signatureKey = value != 0 ? host.signatureKey : new byte[0];
            case "IP_TOS", "IPV6_TCLASS" -> t.trafficClass = (int) value;
            case "IP_TTL", "IPV6_UNICAST_HOPS" -> t.hopLimit = (int) value;
            case "IP_MTU_DISCOVER" -> t.mayFragment = value == 0;
            case "IPV6_USE_MIN_MTU" -> t.mtu = value != 0 ? 1280 : 0;
            case "TCP_REMOTE_UDP_ENCAPS_PORT" -> {
                boolean closed = s.connection == null && s.listener == null;
                boolean good = value == 0 || value > 0 && value < 65_536 && p.udpPort != 0;
                if (!closed || !good) return Kernel.error("EINVAL");
                t.udpRemotePort = (int) value;
            }
            default -> throw new Skipped(option);
        }
        if (s.connection != null && !s.deferredConnect && s.connection.state() != TcpState.CLOSED) {
            s.connection.changed(host.now);
        }
        return Kernel.ok(0);
    }

    /// The bounds that Linux has for values.
    private static boolean isTakenByLinux(String option, long value) {
        return switch (option) {
            case "TCP_KEEPIDLE", "TCP_KEEPINTVL" -> value >= 1 && value <= 32_767;
            case "TCP_KEEPCNT", "TCP_SYNCNT" -> value >= 1 && value <= 127;
            case "TCP_MAXSEG" -> value == 0 || value >= 88 && value <= 32_767;
            case "TCP_USER_TIMEOUT", "TCP_FASTOPEN" -> value >= 0;
            default -> true;
        };
    }

    private static long duration(Value value) {
        if (!(value instanceof Script.Fields fields)) return 0;
        return Constants.value(fields.fields().get("tv_sec")) * SECOND
                + Constants.value(fields.fields().get("tv_usec")) * 1000;
    }

    private static String text(Script.Text text) {
        return new String(text.octets(), StandardCharsets.US_ASCII).strip();
    }

    private static boolean isField(Script.Fields fields, String name, long value) {
        Value there = fields.fields().get(name);
        return there != null && Constants.value(there) == value;
    }

    /// Linux keeps a time as the number of timeouts it takes, the first of a second.
    private static long inTimeouts(long seconds) {
        long period = 0;
        while (period < seconds) period = 2 * period + 1;
        return period;
    }

    private static int lowWater(long value) {
        if (value == 0) return 0;
        return value < 0 || value > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) value;
    }

    /// What another system has for itself, and TCP has no word for.
    private static void refuseOthers(String option) {
        switch (option) {
            case "TCP_REPAIR",
                    "SO_BUSY_POLL",
                    "SO_ATTACH_FILTER",
                    "SO_ATTACH_BPF",
                    "TCP_ZEROCOPY_RECEIVE",
                    "TCP_AO_ADD_KEY",
                    "TCP_TX_DELAY",
                    "TCP_ULP",
                    "SO_TIMESTAMP",
                    "SO_TXTIME" ->
                    throw new Skipped(option);
            default -> {}
        }
    }

    private static Outcome fastOpenKey(TcpSettings t, List<Value> a) {
        if (!(a.get(3) instanceof Script.Text text) || Constants.value(a.get(4)) != 16) {
            return Kernel.error("EINVAL");
        }
        ByteBuffer key = ByteBuffer.wrap(text.octets()).order(ByteOrder.LITTLE_ENDIAN);
        t.fastOpenKey0 = key.getLong();
        t.fastOpenKey1 = key.getLong();
        t.fastOpenKeyGiven = true;
        return Kernel.ok(0);
    }

    Outcome get(Socket s, List<Value> a) {
        String option = name(a.get(2));
        Value shown =
                a.get(3) instanceof Script.Items i && !i.items().isEmpty()
                        ? i.items().getFirst()
                        : a.get(3);
        if (option.equals("SO_ERROR")) {
            String errno = s.takeError();
            String wanted = shown instanceof Script.Name n ? n.name() : "";
            if (!errno.equals(wanted)) {
                throw new AssertionError("SO_ERROR " + errno + " for '" + wanted + "'");
            }
            return Kernel.ok(0);
        }
        if (option.equals("TCP_CONGESTION") && shown instanceof Script.Text text) {
            String own = s.change().congestionControl;
            String ours = own.isEmpty() ? host.parameters.congestionControl : own;
            if (!ours.equals(text(text))) throw new AssertionError(option + " " + ours);
            return Kernel.ok(0);
        }
        long value = value(s, option);
        long wanted = Constants.value(shown);
        if (shown instanceof Script.Any) return Kernel.ok(0);
        if ((int) value != (int) wanted) {
            throw new AssertionError(option + " is " + value + ", not " + wanted);
        }
        return Kernel.ok(0);
    }

    private long value(Socket s, String option) {
        TcpSettings t = s.connection != null ? s.connection.settings() : s.settings;
        TcpParameters p = host.parameters;
        return switch (option) {
            case "SO_SNDBUF" -> s.sendBuffer > 0 ? s.sendBuffer : p.sendBufferOctets;
            case "SO_RCVBUF" -> {
                if (s.receiveBuffer > 0) yield s.receiveBuffer;
                yield s.connection != null
                        ? s.connection.receiveBufferOctets()
                        : p.receiveBufferOctets;
            }
            case "SO_KEEPALIVE" -> t.keepAlive ? 1 : 0;
            case "TCP_NODELAY" -> t.noDelay ? 1 : 0;
            case "TCP_CORK" -> t.cork ? 1 : 0;
            case "TCP_MAXSEG" -> maxSegment(s, t);
            case "TCP_NOTSENT_LOWAT" ->
                    t.notSentLowWater == Integer.MAX_VALUE ? -1 : t.notSentLowWater;
            case "TCP_KEEPCNT" -> t.keepCount > 0 ? t.keepCount : p.keepCount;
            case "TCP_KEEPIDLE" -> first(t.keepIdleNanos, p.keepIdleNanos) / SECOND;
            case "TCP_KEEPINTVL" -> first(t.keepIntervalNanos, p.keepIntervalNanos) / SECOND;
            case "TCP_KEEPINIT" -> first(t.connectTimeoutNanos, p.connectTimeoutNanos) / SECOND;
            case "TCP_USER_TIMEOUT" -> t.userTimeoutNanos / MILLISECOND;
            case "TCP_SYNCNT" -> t.synRetries > 0 ? t.synRetries : p.synRetries;
            case "TCP_DEFER_ACCEPT" -> t.deferAcceptNanos / SECOND;
            case "TCP_LINGER2" ->
                    t.finWait2Nanos < 0 ? -1 : first(t.finWait2Nanos, p.finWait2Nanos) / SECOND;
            case "SO_RCVLOWAT" -> s.receiveLowWater;
            case "TCP_FASTOPEN_CONNECT" -> s.fastOpenConnect ? 1 : 0;
            case "TCP_FASTOPEN" -> t.fastOpenBacklog;
            case "TCP_REMOTE_UDP_ENCAPS_PORT" ->
                    s.connection != null ? s.connection.udpRemotePort() : t.udpRemotePort;
            case "IP_TOS", "IPV6_TCLASS" -> t.trafficClass;
            case "IP_TTL", "IPV6_UNICAST_HOPS" -> t.hopLimit > 0 ? t.hopLimit : 64;
            case "TCP_QUICKACK" -> t.quickAck ? 1 : 0;
            case "TCP_INQ" -> s.reportsInq ? 1 : 0;
            case "SO_ZEROCOPY" -> s.zeroCopy ? 1 : 0;
            case "SO_ACCEPTCONN" -> s.listener != null ? 1 : 0;
            case "SO_DOMAIN" -> host.isIpv6() ? 10 : 2;
            case "SO_TYPE" -> 1;
            case "SO_PROTOCOL" -> 6;
            case "IP_MTU", "IPV6_MTU" ->
                    s.connection != null ? s.connection.info(host.now).pmtu() : host.mtu;
            default -> {
                Long other = s.others.getOrDefault(option, UNCHANGED.get(option));
                if (other == null) throw new Skipped(option);
                yield other;
            }
        };
    }

    private long maxSegment(Socket s, TcpSettings t) {
        if (s.connection != null) return s.connection.info(host.now).sndMss();
        return t.maxSegment > 0 ? t.maxSegment : 536;
    }

    private static long first(long chosen, long otherwise) {
        return chosen > 0 ? chosen : otherwise;
    }
}
