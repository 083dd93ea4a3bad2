// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.packetdrill.Script.Encapsulation;
import io.mirage4j.tcpip.packetdrill.Script.Ip;

import java.util.ArrayList;
import java.util.List;

/// Reads one packet, behind its `<` or `>`.
final class PacketReader {
    private final Cursor cursor;
    private int ecn = -1;
    private int trafficClass = -1;
    private int hopLimit = -1;

    PacketReader(Cursor cursor) {
        this.cursor = cursor;
    }

    Script.Packet packet() {
        prefixes();
        if (cursor.take("icmpv6") || cursor.take("icmp")) return icmp();
        for (String other : List.of("udp", "ipv4", "ipv6", "gre", "mpls", "sctp")) {
            if (cursor.take(other)) throw new Skipped("a packet of " + other);
        }
        int[] ports = ports();
        String flags = flags();
        return tcp(ports, flags);
    }

    private void prefixes() {
        while (true) {
            cursor.skip();
            if (cursor.take("[")) {
                bracket(cursor.until("]").strip());
            } else if (cursor.take("(")) {
                parenthesis(cursor.until(")").strip());
            } else {
                return;
            }
        }
    }

    private void bracket(String words) {
        for (String word : words.split(" *, *")) {
            switch (word) {
                case "noecn" -> ecn = 0;
                case "ect1" -> ecn = 1;
                case "ect0" -> ecn = 2;
                case "ce" -> ecn = 3;
                case "ect01" -> ecn = Script.Ip.ECT_0_OR_1;
                default -> parenthesis(word);
            }
        }
    }

    private void parenthesis(String words) {
        for (String part : words.split(" *, *")) {
            String[] pair = part.split("[ =]+");
            if (pair.length < 2) throw cursor.fault("unknown prefix " + part);
            int value = (int) (long) Long.decode(pair[1]);
            switch (pair[0]) {
                case "ttl", "hlim" -> hopLimit = value;
                case "tos", "class" -> trafficClass = value;
                default -> throw new Skipped("(" + pair[0] + ")");
            }
        }
    }

    private int[] ports() {
        int start = cursor.position();
        String source = cursor.characters("0123456789");
        if (!source.isEmpty() && cursor.takeWord(">")) {
            cursor.skip();
            String destination = cursor.characters("0123456789");
            cursor.skip();
            return new int[] {Integer.parseInt(source), Integer.parseInt(destination)};
        }
        cursor.back(start);
        return new int[] {-1, -1};
    }

    private String flags() {
        cursor.skip();
        var flags = new StringBuilder();
        while (!cursor.looksAt("...")) {
            String some = cursor.characters("FSRPEWCU.-");
            cursor.skipBlanks();
            if (some.isEmpty()) break;
            flags.append(some);
        }
        if (flags.isEmpty()) throw cursor.fault("no flags");
        return flags.toString();
    }

    private Script.Tcp tcp(int[] ports, String flags) {
        boolean any = false;
        long seq = 0;
        long length;
        if (cursor.take("...")) {
            any = true;
            cursor.expect("(");
            length = number();
            cursor.expect(")");
        } else {
            long[] range = range();
            seq = range[0];
            length = range[1];
        }
        boolean absolute = cursor.take("!");
        long ack = -1;
        long window = -1;
        long urgent = -1;
        while (true) {
            if (cursor.takeWord("ack")) {
                ack = number();
            } else if (cursor.takeWord("win")) {
                window = number();
            } else if (cursor.takeWord("urg")) {
                urgent = number();
            } else {
                break;
            }
        }
        boolean anyOptions = false;
        List<Script.Option> options = new ArrayList<>();
        int start = cursor.position();
        cursor.skipBlanks();
        // They stand on the line of their packet: a `<` on a later line is an event's.
        if (cursor.peek() == '<') {
            cursor.next();
            anyOptions = options(options);
        } else {
            cursor.back(start);
        }
        Encapsulation udp = encapsulation();
        return new Script.Tcp(
                new Ip(ecn, trafficClass, hopLimit),
                ports[0],
                ports[1],
                flags,
                any,
                absolute,
                seq,
                length,
                ack,
                window,
                urgent,
                anyOptions,
                options,
                udp);
    }

    private long[] range() {
        long from = number();
        cursor.expect(":");
        number();
        cursor.expect("(");
        long length = number();
        cursor.expect(")");
        return new long[] {from, length};
    }

    private long number() {
        cursor.skip();
        String digits = cursor.characters("0123456789");
        if (digits.isEmpty()) throw cursor.fault("no number");
        return Long.parseLong(digits);
    }

    private boolean options(List<Script.Option> options) {
        String text = cursor.until(">").strip();
        if (text.equals("...")) return true;
        if (text.isEmpty()) return false;
        for (String option : text.split(",")) {
            String[] words = option.strip().split("[\\s:]+");
            options.add(new Script.Option(List.of(words)));
        }
        return false;
    }

    private Encapsulation encapsulation() {
        int start = cursor.position();
        cursor.skipBlanks();
        if (!cursor.take("/udp(")) {
            cursor.back(start);
            return Encapsulation.NONE;
        }
        int source = (int) number();
        cursor.expect(">");
        int destination = (int) number();
        cursor.expect(")");
        return new Encapsulation(source, destination);
    }

    private Script.Icmp icmp() {
        cursor.skip();
        String type = cursor.word();
        cursor.skipBlanks();
        String code = cursor.word();
        int mtu = 0;
        cursor.skipBlanks();
        if (code.equals("mtu")) {
            code = "";
            mtu = (int) number();
        } else if (cursor.take("mtu")) {
            mtu = (int) number();
        }
        cursor.skipBlanks();
        if (!cursor.take("[")) {
            return new Script.Icmp(type, code, mtu, false, 0, 0, Encapsulation.NONE);
        }
        long[] range = range();
        Encapsulation udp = encapsulation();
        cursor.expect("]");
        return new Script.Icmp(type, code, mtu, true, range[0], range[1], udp);
    }
}
