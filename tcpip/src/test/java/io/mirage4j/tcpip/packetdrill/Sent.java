// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tcpip.tcp.Envelope;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A segment that the stack sent, with the time and what IP was told.
record Sent(
        long at,
        int sourcePort,
        int destinationPort,
        int seq,
        int ack,
        int flags,
        int window,
        int urgent,
        int length,
        List<Script.Option> options,
        int ecn,
        int trafficClass,
        int hopLimit,
        Script.Encapsulation udp,
        boolean signed) {

    static Sent of(Envelope e, Cstruct buf, int off, int len, long now) {
        int header = (buf.u8(off + 12) >> 4) * 4;
        List<Script.Option> options = new ArrayList<>();
        boolean signed = options(buf, off + 20, off + header, options);
        return new Sent(
                now,
                buf.u16be(off),
                buf.u16be(off + 2),
                buf.u32be(off + 4),
                buf.u32be(off + 8),
                buf.u8(off + 13),
                buf.u16be(off + 14),
                buf.u16be(off + 18),
                len - header,
                options,
                e.ecn(),
                e.trafficClass(),
                e.hopLimit(),
                new Script.Encapsulation(e.udpSource(), e.udpDestination()),
                signed);
    }

    private static boolean options(Cstruct buf, int off, int end, List<Script.Option> options) {
        boolean signed = false;
        for (int at = off; at < end; ) {
            int kind = buf.u8(at);
            if (kind <= 1) {
                options.add(option(kind == 0 ? "eol" : "nop"));
                at++;
                continue;
            }
            int len = buf.u8(at + 1);
            switch (kind) {
                case 2 -> options.add(option("mss", "" + buf.u16be(at + 2)));
                case 3 -> options.add(option("wscale", "" + buf.u8(at + 2)));
                case 4 -> options.add(option("sackOK"));
                case 5 -> {
                    List<String> words = new ArrayList<>(List.of("sack"));
                    for (int i = at + 2; i < at + len; i += 4) {
                        words.add(Integer.toUnsignedString(buf.u32be(i)));
                    }
                    options.add(new Script.Option(words));
                }
                case 8 ->
                        options.add(
                                option(
                                        "TS",
                                        "val",
                                        Integer.toUnsignedString(buf.u32be(at + 2)),
                                        "ecr",
                                        Integer.toUnsignedString(buf.u32be(at + 6))));
                case 19 -> {
                    signed = true;
                    options.add(option("md5", "valid"));
                }
                case 34 -> options.add(cookie("FO", buf, at + 2, len - 2));
                case 254 -> options.add(cookie("FOEXP", buf, at + 4, len - 4));
                default -> options.add(option("kind" + kind));
            }
            at += len;
        }
        return signed;
    }

    private static Script.Option cookie(String name, Cstruct buf, int at, int len) {
        if (len == 0) return option(name);
        return option(name, HexFormat.of().formatHex(buf.toByteArray(at, len)));
    }

    private static Script.Option option(String... words) {
        return new Script.Option(List.of(words));
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    String flagLetters() {
        var letters = new StringBuilder();
        String names = "FSRP.UEW";
        for (int bit : new int[] {1, 0, 2, 3, 6, 7, 5, 4}) {
            if ((flags & 1 << bit) != 0) {
                letters.append(names.charAt(bit));
            }
        }
        return letters.isEmpty() ? "-" : letters.toString();
    }
}
