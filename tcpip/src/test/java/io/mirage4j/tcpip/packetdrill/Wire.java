// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Makes the octets of packets that a script sends to the stack.
final class Wire {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;
    static final int URG = 32;
    static final int ECE = 64;
    static final int CWR = 128;

    static int flags(String letters) {
        int flags = 0;
        for (char c : letters.toCharArray()) {
            flags |=
                    switch (c) {
                        case 'F' -> FIN;
                        case 'S' -> SYN;
                        case 'R' -> RST;
                        case 'P' -> PSH;
                        case '.' -> ACK;
                        case 'U' -> URG;
                        case 'E' -> ECE;
                        case 'W', 'C' -> CWR;
                        case '-' -> 0;
                        default -> throw new Skipped("flag " + c);
                    };
        }
        return flags;
    }

    /// The segment of `spec` in `flow`, addressed by `pseudo`, the sum of its pseudo-header without
    /// the length.
    static Cstruct segment(
            Script.Tcp spec, Flow flow, long pseudo, byte[] pseudoOctets, byte[] key) {
        int flags = flags(spec.flags());
        boolean syn = (flags & SYN) != 0;
        byte[] options = options(spec.options(), flow);
        int header = 20 + options.length;
        int total = header + (int) spec.length();
        Cstruct buf = Cstruct.create(total);
        buf.putU16be(0, spec.sourcePort() >= 0 ? spec.sourcePort() : flow.remotePort);
        buf.putU16be(2, spec.destinationPort() >= 0 ? spec.destinationPort() : flow.localPort);
        buf.putU32be(4, flow.remoteSeq(spec.seq(), syn));
        boolean hasAck = (flags & ACK) != 0;
        buf.putU32be(8, hasAck ? flow.localSeq(Math.max(0, spec.ack()), syn) : 0);
        buf.putU8(12, header / 4 << 4);
        buf.putU8(13, flags);
        buf.putU16be(14, (int) Math.max(0, spec.window()));
        buf.putU16be(18, (int) Math.max(0, spec.urgent()));
        buf.put(20, options);
        int signature = signature(options);
        if (signature >= 0) {
            sign(buf, header, 20 + signature, pseudoOctets, key);
        }
        long sum = pseudo + total + InternetChecksum.onesComplementSum(buf, 0, total);
        buf.putU16be(16, InternetChecksum.finish(sum));
        return buf;
    }

    private static int signature(byte[] options) {
        for (int at = 0; at < options.length; ) {
            if (options[at] == 19) return at + 2;
            at += options[at] <= 1 && options[at] >= 0 ? 1 : Math.max(2, options[at + 1]);
        }
        return -1;
    }

    private static void sign(Cstruct buf, int header, int at, byte[] pseudo, byte[] key) {
        if (key.length == 0) return;
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(pseudo);
            md5.update(buf.toByteArray(0, 20));
            md5.update(buf.toByteArray(header, buf.length() - header));
            buf.put(at, md5.digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] options(List<Script.Option> options, Flow flow) {
        var out = new ByteArrayOutputStream();
        for (Script.Option option : options) option(option, flow, out);
        while (out.size() % 4 != 0) out.write(0);
        return out.toByteArray();
    }

    private static void option(Script.Option o, Flow flow, ByteArrayOutputStream out) {
        switch (o.name()) {
            case "eol" -> out.write(0);
            case "nop" -> out.write(1);
            case "mss" -> {
                out.writeBytes(new byte[] {2, 4});
                put16(out, (int) o.number(1));
            }
            case "wscale" -> out.writeBytes(new byte[] {3, 3, (byte) o.number(1)});
            case "sackOK" -> out.writeBytes(new byte[] {4, 2});
            case "sack" -> {
                out.write(5);
                out.write(2 + 4 * (o.words().size() - 1));
                for (int i = 1; i < o.words().size(); i++) {
                    put32(out, flow.localSeq(o.number(i), false));
                }
            }
            case "TS" -> {
                out.writeBytes(new byte[] {8, 10});
                put32(out, (int) o.number(2));
                int echo = (int) o.number(4);
                put32(out, echo == 0 && !flow.hasStamp() ? 0 : flow.wireStamp(echo));
            }
            case "md5" -> {
                out.writeBytes(new byte[] {19, 18});
                boolean given = o.words().size() > 1 && o.words().get(1).length() == 32;
                out.writeBytes(given ? HexFormat.of().parseHex(o.words().get(1)) : new byte[16]);
            }
            case "FO" -> {
                byte[] cookie = cookie(o);
                out.write(34);
                out.write(2 + cookie.length);
                out.writeBytes(cookie);
            }
            case "FOEXP" -> {
                byte[] cookie = cookie(o);
                out.write(254);
                out.write(4 + cookie.length);
                put16(out, 0xf989);
                out.writeBytes(cookie);
            }
            default -> throw new Skipped("option " + o.name());
        }
    }

    private static byte[] cookie(Script.Option o) {
        return o.words().size() > 1 ? HexFormat.of().parseHex(o.words().get(1)) : new byte[0];
    }

    private static void put16(ByteArrayOutputStream out, int v) {
        out.write(v >> 8);
        out.write(v);
    }

    private static void put32(ByteArrayOutputStream out, int v) {
        put16(out, v >>> 16);
        put16(out, v);
    }

    private Wire() {}
}
