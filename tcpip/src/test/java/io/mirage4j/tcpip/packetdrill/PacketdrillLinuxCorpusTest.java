// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.tcp.TcpParameters;
import io.mirage4j.testing.Corpus;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/// Scripts for a TCP that looks like Linux's.
class PacketdrillLinuxCorpusTest {
    @TestFactory
    Stream<DynamicTest> scripts() {
        return Corpus.of("tcpip", "packetdrill-linux")
                .tests(directory -> Cases.in(directory, PacketdrillLinuxCorpusTest::play));
    }

    static void play(String text) {
        Player.play(text, parameters(), "Linux", Player.Leniency.RANGES);
    }

    /// The settings that all scripts of the suite begin with.
    private static TcpParameters parameters() {
        var p = TcpParameters.linux();
        p.maxReceiveBufferOctets = 15_728_640;
        p.sendBufferOctets = 262_144;
        p.synRetries = 5;
        p.ecn = TcpParameters.Ecn.OFF;
        p.burstDivisor = 3;
        p.fastOpenEveryListener = true;
        p.fastOpenKey0 = 0xa1a1a1a1L | 0xb2b2b2b2L << 32;
        p.fastOpenKey1 = 0xc3c3c3c3L | 0xd4d4d4d4L << 32;
        p.fastOpenKeyGiven = true;
        return p;
    }
}
