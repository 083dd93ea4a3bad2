// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import java.util.List;

/// Compares a segment with what a script expects.
final class Matcher {
    private final Flow flow;
    private final Player.Leniency leniency;
    private final long tickNanos;

    Matcher(Flow flow, Player.Leniency leniency, long tickNanos) {
        this.flow = flow;
        this.leniency = leniency;
        this.tickNanos = tickNanos;
    }

    /// Returns how many octets of the expected payload are there.
    long compare(Script.Tcp spec, Sent sent) {
        int flags = Wire.flags(spec.flags());
        boolean syn = (flags & Wire.SYN) != 0;
        if (syn && sent.has(Wire.SYN)) {
            flow.localSyn(sent.seq(), spec.anySeq() ? 0 : spec.seq());
        }
        boolean part = isPart(spec, sent);
        int ignored = part || ignoresPush(spec) ? Wire.PSH : 0;
        if (part) {
            ignored |= Wire.FIN;
        }
        require((sent.flags() & ~ignored) == (flags & ~ignored), "flags", spec, sent);
        if (!spec.anySeq()) {
            long seq =
                    spec.absoluteSeq()
                            ? Integer.toUnsignedLong(sent.seq())
                            : flow.scriptLocal(sent.seq(), sent.has(Wire.SYN));
            require(seq == spec.seq(), "seq", spec, sent);
        }
        rest(spec, sent);
        require(part || sent.length() == spec.length(), "length", spec, sent);
        return sent.length();
    }

    /// A further piece of the same payload.
    long compareMore(Script.Tcp spec, Sent sent, long octets) {
        long seq = flow.scriptLocal(sent.seq(), false);
        require(seq == spec.seq() + octets, "seq", spec, sent);
        require(sent.length() > 0 && octets + sent.length() <= spec.length(), "length", spec, sent);
        if (octets + sent.length() == spec.length()) {
            int flags = Wire.flags(spec.flags());
            require(((sent.flags() ^ flags) & ~Wire.PSH) == 0, "flags", spec, sent);
        }
        rest(spec, sent);
        return octets + sent.length();
    }

    private boolean isPart(Script.Tcp spec, Sent sent) {
        return leniency == Player.Leniency.RANGES
                && sent.length() > 0
                && sent.length() < spec.length()
                && !sent.has(Wire.SYN);
    }

    private boolean ignoresPush(Script.Tcp spec) {
        return leniency != Player.Leniency.NONE && spec.length() > 0;
    }

    private void rest(Script.Tcp spec, Sent sent) {
        boolean syn = sent.has(Wire.SYN);
        if (sent.has(Wire.ACK) && spec.ack() >= 0) {
            long ack = flow.scriptRemote(sent.ack(), syn);
            require(ack == spec.ack(), "ack", spec, sent);
        }
        require(spec.window() < 0 || spec.window() == sent.window(), "win", spec, sent);
        Script.Ip ip = spec.ip();
        require(ip.isMark(sent.ecn()), "ecn", spec, sent);
        require(ip.hopLimit() < 0 || ip.hopLimit() == sent.hopLimit(), "ttl", spec, sent);
        boolean sameClass = ip.trafficClass() < 0 || ip.trafficClass() >> 2 == sent.trafficClass();
        require(sameClass, "tos", spec, sent);
        require(spec.udp().equals(sent.udp()), "udp", spec, sent);
        if (!spec.anyOptions()) {
            options(spec, sent);
        }
    }

    private void options(Script.Tcp spec, Sent sent) {
        List<Script.Option> wanted = spec.options();
        List<Script.Option> seen = sent.options();
        require(wanted.size() == seen.size(), "options", spec, sent);
        for (int i = 0; i < wanted.size(); i++) {
            require(same(wanted.get(i), seen.get(i)), "options", spec, sent);
        }
    }

    private boolean same(Script.Option wanted, Script.Option seen) {
        if (!wanted.name().equals(seen.name())) return false;
        return switch (wanted.name()) {
            case "TS" -> sameStamps(wanted, seen);
            case "sack" -> sameBlocks(wanted, seen);
            case "md5" -> true;
            default -> wanted.words().equals(seen.words());
        };
    }

    private boolean sameStamps(Script.Option wanted, Script.Option seen) {
        int script = (int) wanted.number(2);
        int wire = (int) seen.number(2);
        flow.stamp(script, wire);
        if (tickNanos > 0 && Math.abs(flow.stampError(script, wire)) > 4_000_000 / tickNanos + 1) {
            return false;
        }
        return wanted.number(4) == seen.number(4);
    }

    private boolean sameBlocks(Script.Option wanted, Script.Option seen) {
        if (wanted.words().size() != seen.words().size()) return false;
        for (int i = 1; i < wanted.words().size(); i++) {
            if (flow.scriptRemote((int) seen.number(i), false) != wanted.number(i)) return false;
        }
        return true;
    }

    private void require(boolean holds, String what, Script.Tcp spec, Sent sent) {
        if (holds) return;
        throw new AssertionError(
                "%s: sent %s, not %s %d:%d(%d) ack %d win %d %s"
                        .formatted(
                                what,
                                show(sent, flow),
                                spec.flags(),
                                spec.seq(),
                                spec.seq() + spec.length(),
                                spec.length(),
                                spec.ack(),
                                spec.window(),
                                words(spec.options())));
    }

    static String show(Sent s, Flow flow) {
        boolean syn = s.has(Wire.SYN);
        long seq = flow.scriptLocal(s.seq(), syn);
        long ack = s.has(Wire.ACK) ? flow.scriptRemote(s.ack(), syn) : 0;
        return "%s %d:%d(%d) ack %d win %d %s%s"
                .formatted(
                        s.flagLetters(),
                        seq,
                        seq + s.length(),
                        s.length(),
                        ack,
                        s.window(),
                        words(s.options()),
                        s.udp().source() != 0 ? s.udp() : "");
    }

    private static String words(List<Script.Option> options) {
        var text = new StringBuilder("<");
        for (Script.Option o : options) {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append(String.join(" ", o.words()));
        }
        return text.append('>').toString();
    }
}
