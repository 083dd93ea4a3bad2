// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.tcpip.packetdrill.Script.Base;
import io.mirage4j.tcpip.packetdrill.Script.Event;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.tcp.TcpInfo;
import io.mirage4j.tcpip.tcp.TcpParameters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Plays a script against a stack of its own: it is the clock, the peer and the program.
///
/// A packet that the stack sends must come within the tolerance of its time; what it sends besides
/// is kept for later lines, and not missed at the end. [Leniency#PUSHES] does not compare where
/// data are pushed; [Leniency#RANGES] besides takes several segments for one, as a device that cuts
/// segments shows them, unless the script wants segments strictly.
final class Player {
    enum Leniency {
        NONE,
        PUSHES,
        RANGES
    }

    private static final long FOR_EVER = 1_000_000_000_000L;

    /// What test runs define for scripts.
    private static final Map<String, String> MACROS =
            Map.of(
                    "TFO_COOKIE",
                    "3021b9d889017eeb",
                    "TFO_COOKIE_ZERO",
                    "b7c12350a90dc8f5",
                    "unreachable CODE",
                    "unreachable host_unreachable");

    private final Script script;
    private final Host host;
    private final Kernel kernel;
    private final Shell shell;
    private final Python python;
    private final Leniency leniency;
    private final long start;
    private final long tolerance;
    private final long tickNanos;
    private final boolean callsMayFail;
    private final List<Pending> pending = new ArrayList<>();
    private long base;

    private record Pending(
            Event event, Script.Call call, Supplier<Kernel.Outcome> attempt, long due) {}

    private Player(Script script, TcpParameters p, String system, Leniency leniency) {
        this.script = script;
        boolean strict = script.options().containsKey("strict_segments");
        this.leniency = strict && leniency == Leniency.RANGES ? Leniency.PUSHES : leniency;
        Map<String, String> o = new HashMap<>(script.options());
        if (isAboutIpv6(script)) {
            o.putIfAbsent("ip_version", "ipv6");
        }
        host = new Host(p, o);
        host.mtu = Integer.parseInt(o.getOrDefault("mtu", "1500"));
        host.signatureKey =
                o.getOrDefault("tcp_md5_secret", "").getBytes(StandardCharsets.US_ASCII);
        kernel = new Kernel(host, system.equals("FreeBSD"));
        shell = new Shell(host);
        python = new Python(this::field);
        tolerance =
                1000L
                        * Long.parseLong(
                                o.getOrDefault(
                                        "tolerance_usecs",
                                        system.equals("FreeBSD") ? "10000" : "4000"));
        tickNanos = 1000L * Long.parseLong(o.getOrDefault("tcp_ts_tick_usecs", "0"));
        callsMayFail = o.getOrDefault("non_fatal", "").contains("syscall");
        start = host.now;
        base = start;
    }

    /// Some messages and codes are of ICMPv6 alone, and routes of IPv6 are changed by `ip -6`.
    private static boolean isAboutIpv6(Script script) {
        for (Event event : script.events()) {
            if (event.action() instanceof Script.Inject(Script.Icmp icmp)
                    && (icmp.type().equals("packet_too_big") || IcmpNames.isIpv6(icmp.code()))) {
                return true;
            }
        }
        return script.prologue().stream().anyMatch(command -> command.contains("ip -6 "));
    }

    /// Plays the script of `text`; throws an AssertionError where the stack does otherwise.
    static void play(String text, TcpParameters p, String system, Leniency leniency) {
        new Player(ScriptReader.read(defined(text), system), p, system, leniency).play();
    }

    /// With what test runs define, and the script by `--define=NAME=VALUE`, in its place; of names
    /// that begin alike the longest first.
    private static String defined(String text) {
        Map<String, String> macros = new TreeMap<>(Comparator.reverseOrder());
        macros.putAll(MACROS);
        for (String line : text.split("\n")) {
            if (!line.startsWith("--define=")) continue;
            String[] pair = line.substring("--define=".length()).strip().split("=", 2);
            macros.put(pair[0], pair.length > 1 ? pair[1] : "");
            text = text.replace(line, "");
        }
        for (var macro : macros.entrySet()) text = text.replace(macro.getKey(), macro.getValue());
        return text;
    }

    private void play() {
        for (String command : script.prologue()) shell.run(command);
        for (Event event : script.events()) {
            try {
                play(event);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "line " + event.line() + " at " + seconds(host.now) + ": " + e.getMessage(),
                        e);
            }
        }
        for (Pending p : List.copyOf(pending)) {
            runTo(Math.max(host.now, p.due + tolerance));
        }
        if (!pending.isEmpty()) {
            throw new AssertionError("line " + pending.getFirst().event.line() + " still blocks");
        }
    }

    /// Lets time pass; calls that should end on the way are looked at then, since it may be time
    /// alone that ends them.
    private void runTo(long time) {
        for (long due; (due = nextDue()) <= time; pump()) host.runTo(due, this::pump);
        host.runTo(time, this::pump);
    }

    private long nextDue() {
        long next = Long.MAX_VALUE;
        for (Pending p : pending) {
            if (p.due > host.now) {
                next = Math.min(next, p.due);
            }
        }
        return next;
    }

    private String seconds(long time) {
        return String.format("%.6f", (time - start) / 1e9);
    }

    private long time(Event event) {
        return switch (event.time().base()) {
            case ABSOLUTE -> start + event.time().from();
            case RELATIVE -> base + event.time().from();
            case ANY -> host.now;
        };
    }

    private void play(Event event) {
        long at = time(event);
        if (event.action() instanceof Script.Expect expect) {
            expect(event, at, expect.packet());
            return;
        }
        long previous = base;
        base = at;
        runTo(at);
        pump();
        switch (event.action()) {
            case Script.Inject inject -> inject(inject.packet());
            case Script.Call call -> call(event, call, previous);
            case Script.Check check -> python.run(check.python());
            case Script.Command command -> shell.run(command.shell());
            case Script.Expect e -> {}
        }
        pump();
    }

    // Calls.

    private void call(Event event, Script.Call call, long previous) {
        Supplier<Kernel.Outcome> attempt = kernel.start(call);
        Kernel.Outcome outcome = attempt.get();
        boolean blocks = event.time().end().isPresent();
        if (outcome != null) {
            compare(call, outcome);
            return;
        }
        if (!blocks) {
            // It may still end in no time, when the packets of this moment are through.
            pending.add(new Pending(event, call, attempt, host.now));
            return;
        }
        long end = event.time().end().getAsLong();
        long due = event.time().base() == Base.ABSOLUTE ? start + end : previous + end;
        pending.add(new Pending(event, call, attempt, due));
    }

    /// Looks whether a blocked call is through.
    private void pump() {
        kernel.look();
        for (int i = 0; i < pending.size(); i++) {
            Pending p = pending.get(i);
            Kernel.Outcome outcome = p.attempt.get();
            if (outcome == null) continue;
            pending.remove(i--);
            compare(p.call, outcome);
            if (Math.abs(host.now - p.due) > tolerance) {
                throw new AssertionError(
                        p.call.name()
                                + "() ended at "
                                + seconds(host.now)
                                + ", not at "
                                + seconds(p.due));
            }
        }
    }

    private void compare(Script.Call call, Kernel.Outcome outcome) {
        if (call.result() instanceof Script.Any) return;
        long wanted = Constants.value(call.result());
        String errno = call.errno().equals("EWOULDBLOCK") ? "EAGAIN" : call.errno();
        boolean same =
                outcome.result() == wanted && (errno.isEmpty() || errno.equals(outcome.errno()));
        if (!same && !callsMayFail) {
            throw new AssertionError(
                    "%s() = %d %s, not %d %s"
                            .formatted(
                                    call.name(), outcome.result(), outcome.errno(), wanted, errno));
        }
    }

    private Long field(String name) {
        Long constant = Constants.find(name);
        if (constant != null) return constant;
        if (!name.startsWith("tcpi_")) return null;
        Socket s = kernel.underTest;
        if (s == null) return null;
        if (s.connection == null) {
            return name.equals("tcpi_state") ? (s.listener != null ? 10L : 7L) : Long.valueOf(0);
        }
        if (name.equals("tcpi_state") && s.isClosed()) return 7L;
        TcpInfo info = s.connection.info(host.now);
        if (name.equals("tcpi_bytes_sent")) {
            return s.octetsWritten - s.connection.unsent() + info.bytesRetrans();
        }
        return InfoFields.value(name, info);
    }

    // Packets that come.

    private void inject(Script.Packet packet) {
        switch (packet) {
            case Script.Tcp tcp -> inject(tcp);
            case Script.Icmp icmp -> inject(icmp);
        }
    }

    private void inject(Script.Tcp spec) {
        int flags = Wire.flags(spec.flags());
        boolean syn = (flags & Wire.SYN) != 0;
        boolean ack = (flags & Wire.ACK) != 0;
        if (syn && kernel.flow.listening && !ack) {
            kernel.childBegins(spec.seq());
        } else if (syn) {
            kernel.flow.remoteSyn(spec.seq());
        }
        Envelope e = host.inward();
        if (spec.ip().ecn() >= 0) {
            e.ecn(spec.ip().ecn() & 3);
        }
        if (spec.ip().hopLimit() >= 0) {
            e.hopLimit(spec.ip().hopLimit());
        }
        int udp = spec.udp().destination();
        if (udp != 0) {
            if (udp != host.parameters.udpPort) return;
            e.udpPorts(spec.udp().source(), udp);
        }
        int mss = Integer.parseInt(script.options().getOrDefault("mss", "0"));
        if (mss > 0 && spec.length() > mss) {
            e.segmentSize(mss);
        }
        long pseudo = pseudoSum();
        int length = 20 + (int) spec.length();
        byte[] pseudoOctets = host.pseudoHeader(lengthOnWire(spec, length));
        Cstruct segment = Wire.segment(spec, kernel.flow, pseudo, pseudoOctets, host.signatureKey);
        if ((flags & Wire.URG) != 0 && spec.urgent() > 0) {
            kernel.urgent(spec.seq() + spec.urgent() - 2);
        }
        host.tcp.receive(e, segment, 0, segment.length(), host.now);
    }

    private static int lengthOnWire(Script.Tcp spec, int withoutOptions) {
        int options = 0;
        for (Script.Option o : spec.options()) {
            options +=
                    switch (o.name()) {
                        case "nop", "eol" -> 1;
                        case "mss" -> 4;
                        case "wscale" -> 3;
                        case "sackOK" -> 2;
                        case "TS" -> 10;
                        case "md5" -> 18;
                        case "sack" -> 2 + 4 * (o.words().size() - 1);
                        default -> 0;
                    };
        }
        return withoutOptions + (options + 3) / 4 * 4;
    }

    private long pseudoSum() {
        byte[] octets = host.pseudoHeader(0);
        return InternetChecksum.onesComplementSum(Cstruct.of(octets));
    }

    private void inject(Script.Icmp icmp) {
        Envelope e = host.outward();
        if (icmp.udp().source() != 0) {
            e.udpPorts(icmp.udp().source(), icmp.udp().destination());
        }
        Cstruct quoted = Cstruct.create(8);
        quoted.putU16be(0, kernel.flow.localPort);
        quoted.putU16be(2, kernel.flow.remotePort);
        quoted.putU32be(4, kernel.flow.localSeq(icmp.seq(), false));
        IcmpError error = IcmpNames.find(icmp.type(), icmp.code());
        if (error == null) return;
        if (kernel.underTest != null) {
            kernel.underTest.icmpErrno = IcmpNames.errno(icmp.type(), icmp.code());
        }
        host.tcp.error(e, error, icmp.mtu(), quoted, 0, 8, host.now);
    }

    // Packets that go.

    private void expect(Event event, long at, Script.Packet packet) {
        if (!(packet instanceof Script.Tcp spec)) throw new Skipped("an ICMP packet sent");
        boolean any = event.time().base() == Base.ANY;
        long last = at;
        if (event.time().to().isPresent()) {
            long to = event.time().to().getAsLong();
            last = event.time().base() == Base.ABSOLUTE ? start + to : base + to;
        }
        long limit = any ? host.now + FOR_EVER : last + tolerance;
        Sent sent = await(limit);
        if (sent == null) throw new AssertionError("nothing was sent");
        if (!any && (sent.at() < at - tolerance || sent.at() > limit)) {
            throw new AssertionError(
                    "sent at "
                            + seconds(sent.at())
                            + ", not at "
                            + seconds(at)
                            + ": "
                            + show(sent));
        }
        Matcher matcher = new Matcher(kernel.flow, leniency, tickNanos);
        long octets = matcher.compare(spec, sent);
        if (sent.has(Wire.ACK) && !sent.has(Wire.RST)) {
            kernel.flow.acknowledged = true;
        }
        while (octets < spec.length()) {
            Sent more = await(limit);
            if (more == null) {
                throw new AssertionError("only " + octets + " octets were sent: " + show(sent));
            }
            octets = matcher.compareMore(spec, more, octets);
        }
        base = any || event.time().to().isPresent() ? sent.at() : at;
    }

    /// The next segment of the connection under test, waiting for it until `limit`.
    private Sent await(long limit) {
        while (true) {
            for (Sent s; (s = host.sent.poll()) != null; ) {
                if (isUnderTest(s)) return s;
            }
            long deadline = Math.min(host.tcp.nextDeadline(), nextDue());
            if (deadline > limit) return null;
            host.now = Math.max(host.now, deadline);
            host.tcp.advance(host.now);
            pump();
        }
    }

    private boolean isUnderTest(Sent s) {
        return s.sourcePort() == kernel.flow.localPort
                && s.destinationPort() == kernel.flow.remotePort;
    }

    private String show(Sent s) {
        return Matcher.show(s, kernel.flow);
    }
}
