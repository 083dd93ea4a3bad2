// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.tcp.TcpParameters;
import io.mirage4j.testing.Corpus;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/// Scripts for a TCP that looks like FreeBSD's.
class PacketdrillFreebsdCorpusTest {
    @TestFactory
    Stream<DynamicTest> scripts() {
        return Corpus.of("tcpip", "packetdrill-freebsd")
                .tests(directory -> Cases.in(directory, PacketdrillFreebsdCorpusTest::play));
    }

    static void play(String text) {
        Player.play(text, TcpParameters.freebsd(), "FreeBSD", Player.Leniency.NONE);
    }
}
