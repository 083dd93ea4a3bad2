// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.tcp.Drop;
import io.mirage4j.tcpip.tcp.TcpParameters;
import io.mirage4j.tcpip.tcp.TcpParameters.Ecn;
import io.mirage4j.tcpip.tcp.TcpParameters.SynCookies;
import io.mirage4j.tcpip.tcp.TcpState;

import java.util.concurrent.atomic.AtomicInteger;

/// The commands of scripts: settings of the system become parameters of the stack, questions about
/// it are answered. What concerns another thing than TCP skips the script.
final class Shell {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;

    private final Host host;
    private final TcpParameters p;

    Shell(Host host) {
        this.host = host;
        p = host.parameters;
    }

    void run(String commands) {
        String joined = commands.replace("\\\n", " ");
        for (String line : joined.split("[\n;]|\\|\\|")) {
            String command = line.strip();
            int comment = command.indexOf('#');
            if (comment == 0 || comment > 0 && command.charAt(comment - 1) == ' ') {
                command = command.substring(0, comment).strip();
            }
            if (!command.isEmpty()) {
                command(command);
            }
        }
    }

    private void command(String command) {
        if (command.startsWith("sysctl")) {
            settings(command);
        } else if (command.contains("set_sysctls.py")) {
            settings(command.substring(command.indexOf("set_sysctls.py") + 14));
        } else if (command.contains("tcp_metrics flush")) {
            host.tcp.forgetPeers();
        } else if (isRoute(command)) {
            route(command);
        } else if (command.startsWith("tc qdisc replace dev tun0 root fq")) {
            // The queue that spreads what a socket sends: pacing, which is TCP's own here.
            p.pacing = true;
        } else if (command.startsWith("tc qdisc add") && command.endsWith("limit 0")) {
            host.refuses = true;
        } else if (command.startsWith("tc qdisc del")) {
            host.refuses = false;
        } else if (command.startsWith("nstat")) {
            nstat(command);
        } else if (command.startsWith("sockstat")) {
            sockstat(command);
        } else if (command.startsWith("tcpdrop")) {
            host.tcp.forEach(c -> {});
        } else if (command.startsWith("echo ") && command.contains("> /proc/sys/")) {
            String[] words = command.substring(5).split(" *> */proc/sys/");
            settings(words[1].strip().replace('/', '.') + "=\"" + words[0].strip() + '"');
        } else if (!isHarmless(command)) {
            throw new Skipped(command.split("\\s+")[0]);
        }
    }

    /// `ip` lets its words be cut short.
    private static boolean isRoute(String command) {
        for (String word : command.split("\\s+")) {
            if (word.equals("ip") || word.startsWith("-")) continue;
            return command.startsWith("ip ") && "route".startsWith(word);
        }
        return false;
    }

    /// What prepares the test host and says nothing about TCP.
    private static boolean isHarmless(String command) {
        return command.contains("defaults.sh")
                || command.contains("sysctl_restore")
                || command.startsWith("tc qdisc replace dev tun0 root pfifo")
                || command.startsWith("ethtool -K")
                || command.startsWith("echo")
                || command.startsWith("add ")
                || command.startsWith("'")
                || command.startsWith("kld")
                || command.startsWith("setkey")
                || command.startsWith("grep")
                || command.startsWith("sleep")
                || command.startsWith("/bin/rm")
                || command.startsWith("/bin/dd");
    }

    /// Takes each `name=value` of a command line; a value with spaces stands in quotation marks.
    private void settings(String line) {
        int at = 0;
        for (int equals; (equals = line.indexOf('=', at)) >= 0; ) {
            int start = equals;
            while (start > at && !Character.isWhitespace(line.charAt(start - 1))) {
                start--;
            }
            String name = line.substring(start, equals);
            boolean quoted = equals + 1 < line.length() && line.charAt(equals + 1) == '"';
            int from = quoted ? equals + 2 : equals + 1;
            int end = quoted ? line.indexOf('"', from) : from;
            while (!quoted && end < line.length() && !Character.isWhitespace(line.charAt(end))) {
                end++;
            }
            String plain =
                    name.substring(name.lastIndexOf('/') + 1)
                            .replace("net.ipv4.", "")
                            .replace("net.core.", "");
            set(plain.replace("net.inet.tcp.", ""), computed(line.substring(from, end)).strip());
            at = quoted ? end + 1 : end;
        }
    }

    /// With the products in it worked out: `$((32*1024))` is 32768.
    private static String computed(String text) {
        int from = text.indexOf("$((");
        if (from < 0) return text;
        int to = text.indexOf("))", from);
        long product = 1;
        for (String factor : text.substring(from + 3, to).split("\\*")) {
            product *= Long.parseLong(factor.strip());
        }
        return computed(text.substring(0, from) + product + text.substring(to + 2));
    }

    private void set(String name, String text) {
        switch (name) {
            case "tcp_fastopen_key" -> fastOpenKey(text);
            case "tcp_congestion_control" -> p.congestionControl = text;
            case "ip_local_port_range", "default_qdisc" -> {}
            case "tcp_wmem" -> p.sendBufferOctets = Integer.parseInt(text.split("\\s+")[1]);
            case "tcp_rmem" -> {
                String[] sizes = text.split("\\s+");
                p.receiveBufferOctets = Integer.parseInt(sizes[1]);
                p.maxReceiveBufferOctets = Integer.parseInt(sizes[2]);
            }
            default -> set(name, (long) Long.decode(text));
        }
    }

    private void set(String name, long value) {
        boolean on = value != 0;
        switch (name) {
            // Linux
            case "tcp_timestamps" -> p.timestamps = on;
            case "tcp_sack" -> p.sack = on;
            case "tcp_window_scaling" -> p.windowScaling = on;
            case "tcp_ecn" -> {
                if (value > 2) throw new Skipped("Accurate ECN");
                p.ecn = Ecn.values()[(int) value];
            }
            case "tcp_keepalive_time" -> p.keepIdleNanos = value * SECOND;
            case "tcp_keepalive_intvl" -> p.keepIntervalNanos = value * SECOND;
            case "tcp_keepalive_probes" -> p.keepCount = (int) value;
            case "tcp_fin_timeout" -> p.finWait2Nanos = value * SECOND;
            case "tcp_rto_min_us" -> p.rtoMinNanos = value * 1000;
            case "tcp_fastopen" -> fastOpen((int) value);
            case "tcp_syncookies" -> p.synCookies = SynCookies.values()[(int) value];
            case "tcp_slow_start_after_idle" -> p.slowStartAfterIdle = on;
            case "tcp_early_retrans" -> p.tailLossProbe = value >= 3;
            case "tcp_recovery" -> p.rack = (value & 1) != 0;
            case "tcp_rto_max_ms" -> p.rtoMaxNanos = value * MILLISECOND;
            case "tcp_reordering" -> p.reordering = (int) value;
            case "tcp_syn_retries" -> p.synRetries = (int) value;
            case "tcp_synack_retries" -> p.synAckRetries = (int) value;
            case "tcp_retries2" -> p.retries = (int) value;
            case "tcp_mtu_probing" -> p.mtuProbing = (int) value;
            case "tcp_base_mss" -> p.baseMss = (int) value;
            case "tcp_notsent_lowat" ->
                    p.notSentLowWater = (int) Math.min(value, Integer.MAX_VALUE);
            case "tcp_min_tso_segs" -> p.burstSegments = (int) value;
            case "tcp_tso_win_divisor" -> p.burstDivisor = (int) value;
            case "tcp_limit_output_bytes",
                    "tcp_fastopen_blackhole_timeout_sec",
                    "tcp_no_metrics_save",
                    "tcp_moderate_rcvbuf",
                    "tcp_autocorking",
                    "tcp_thin_linear_timeouts",
                    "tcp_invalid_ratelimit",
                    "tcp_frto",
                    "tcp_dsack",
                    "tcp_comp_sack_nr",
                    "tcp_comp_sack_delay_ns",
                    "tcp_comp_sack_slack_ns",
                    "tcp_pacing_ss_ratio",
                    "tcp_pacing_ca_ratio",
                    "tcp_fack",
                    "tcp_adv_win_scale",
                    "tcp_app_win",
                    "tcp_rfc1337",
                    "tcp_stdurg",
                    "tcp_retries1",
                    "tcp_orphan_retries",
                    "tcp_tw_reuse",
                    "tcp_thin_dupack",
                    "tcp_max_reordering",
                    "tcp_max_syn_backlog",
                    "tcp_min_rtt_wlen",
                    "tcp_ecn_fallback",
                    "tcp_challenge_ack_limit",
                    "tcp_workaround_signed_windows",
                    "tcp_abort_on_overflow",
                    "tcp_probe_interval",
                    "tcp_probe_threshold",
                    "tcp_mtu_probe_floor",
                    "tcp_min_snd_mss",
                    "tcp_reflect_tos",
                    "tcp_backlog_ack_defer",
                    "tcp_pingpong_thresh",
                    "tcp_tso_rtt_log",
                    "ip_no_pmtu_disc",
                    "ip_local_port_range",
                    "somaxconn",
                    "wmem_max",
                    "rmem_max",
                    "optmem_max",
                    "default_qdisc" -> {}
            // FreeBSD
            case "rfc1323" -> {
                p.timestamps = on;
                p.windowScaling = on;
            }
            case "sack.enable" -> p.sack = on;
            case "ecn.enable" -> p.ecn = Ecn.values()[(int) value];
            case "ecn.maxretries" -> p.ecnSyns = (int) value + 1;
            case "recvspace" -> p.receiveBufferOctets = (int) value;
            case "sendspace" -> p.sendBufferOctets = (int) value;
            case "kern.ipc.maxsockbuf" ->
                    p.maxReceiveBufferOctets = (int) Math.min(value, Integer.MAX_VALUE);
            case "rexmit_initial" -> p.rtoInitialNanos = value * MILLISECOND;
            case "rexmit_min" -> p.rtoMinNanos = value * MILLISECOND;
            case "rexmit_slop" -> p.rtoSlopNanos = value * MILLISECOND;
            case "rexmit_drop_options" -> p.dropOptionsOnRetransmission = on;
            case "keepinit" -> p.connectTimeoutNanos = value * MILLISECOND;
            case "keepidle" -> p.keepIdleNanos = value * MILLISECOND;
            case "keepintvl" -> p.keepIntervalNanos = value * MILLISECOND;
            case "keepcnt" -> p.keepCount = (int) value;
            case "delacktime" -> p.delayedAckNanos = value * MILLISECOND;
            case "insecure_rst" -> p.insecureReset = on;
            case "insecure_syn" -> p.insecureSyn = on;
            case "drop_synfin" -> p.dropSynFin = on;
            case "icmp_may_rst" -> p.icmpMayReset = on;
            case "tolerate_missing_ts" -> p.requireTimestamps = !on;
            case "syncookies" -> p.synCookies = on ? SynCookies.WHEN_FULL : SynCookies.NEVER;
            case "syncookies_only" -> {
                if (on) {
                    p.synCookies = SynCookies.ALWAYS;
                } else if (p.synCookies == SynCookies.ALWAYS) {
                    p.synCookies = SynCookies.WHEN_FULL;
                }
            }
            case "fastopen.client_enable" -> {
                p.fastOpenClient = on;
                host.tcp.forgetPeers();
            }
            case "fastopen.server_enable" -> p.fastOpenServer = on;
            case "hostcache.purgenow" -> host.tcp.forgetPeers();
            case "udp_tunneling_port" -> p.udpPort = (int) value;
            case "pmtud_blackhole_detection" -> p.blackholeMss = on ? blackholeMss : 0;
            case "pmtud_blackhole_mss" -> blackhole(value, false);
            case "v6pmtud_blackhole_mss" -> blackhole(value, true);
            case "blackhole",
                    "udp_tunneling_overhead",
                    "path_mtu_discovery",
                    "v6mssdflt",
                    "mssdflt",
                    "always_keepalive",
                    "msl",
                    "hostcache.enable",
                    "cc.algorithm",
                    "ecn.generalized",
                    "do_prr",
                    "rfc3465",
                    "abc_l_var",
                    "delayed_ack",
                    "functions_default",
                    "recvbuf_auto",
                    "sendbuf_auto" -> {}
            default -> throw new Skipped("sysctl " + name);
        }
    }

    private int blackholeMss = 1200;

    private void blackhole(long mss, boolean v6) {
        if (v6 != host.isIpv6()) return;
        blackholeMss = (int) mss;
        if (p.blackholeMss > 0) {
            p.blackholeMss = blackholeMss;
        }
    }

    private void fastOpen(int bits) {
        p.fastOpenClient = (bits & 1) != 0;
        p.fastOpenServer = (bits & 2) != 0;
        p.fastOpenWithoutCookie = (bits & 4) != 0;
        p.fastOpenAcceptsWithoutCookie = (bits & 0x200) != 0;
        p.fastOpenEveryListener = (bits & 0x400) != 0;
    }

    private void fastOpenKey(String text) {
        String[] words = text.split("-");
        long[] w = new long[4];
        for (int i = 0; i < 4; i++) w[i] = Long.parseLong(words[i], 16);
        p.fastOpenKey0 = w[0] | w[1] << 32;
        p.fastOpenKey1 = w[2] | w[3] << 32;
        p.fastOpenKeyGiven = true;
    }

    private void route(String command) {
        String[] words = command.split("\\s+");
        for (int i = 0; i + 1 < words.length; i++) {
            switch (words[i]) {
                case "mtu" ->
                        host.mtu =
                                Integer.parseInt(
                                        words[words[i + 1].equals("lock") ? i + 2 : i + 1]);
                case "rto_min" -> p.rtoMinNanos = nanos(words[i + 1]);
                case "initcwnd" -> p.initialWindowSegments = Integer.parseInt(words[i + 1]);
                case "advmss" -> {}
                default -> {}
            }
        }
    }

    /// A time as `ip` has it: milliseconds unless it says otherwise.
    private static long nanos(String text) {
        String digits = text.replace("lock", "").replaceAll("[a-z]+$", "");
        return Long.parseLong(digits) * (text.endsWith("us") ? 1000 : MILLISECOND);
    }

    private void nstat(String command) {
        if (command.contains("OutOfWindowIcmps") && host.tcp.dropped(Drop.ICMP_NOT_OURS) == 0) {
            throw new AssertionError(command);
        }
    }

    private void sockstat(String command) {
        String[] words = command.split("\\s+");
        String state = words[indexOf(words, "-c") + 1];
        int wanted = Integer.parseInt(words[words.length - 1]);
        var count = new AtomicInteger();
        host.tcp.forEach(
                c -> {
                    if (matches(c.state(), state)) {
                        count.incrementAndGet();
                    }
                });
        if (state.equals("CLOSED")) return;
        if (count.get() != wanted) {
            throw new AssertionError(state + ": " + count + ", not " + wanted);
        }
    }

    private static int indexOf(String[] words, String word) {
        for (int i = 0; i < words.length; i++) if (words[i].equals(word)) return i;
        throw new IllegalArgumentException(word);
    }

    private static boolean matches(TcpState state, String name) {
        return switch (name) {
            case "SYN_RCVD" -> state == TcpState.SYN_RECEIVED;
            default -> state.name().equals(name);
        };
    }
}
