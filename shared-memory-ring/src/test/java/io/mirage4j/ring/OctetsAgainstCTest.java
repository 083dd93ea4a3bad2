// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

/// Octet rings in a file with a program on the other end that is written with Xen's structures and
/// sends back what it gets: every octet comes back once and in order.
@Timeout(300)
class OctetsAgainstCTest {
    private static final int COUNT = Boolean.getBoolean("mirage.full") ? 500_000_000 : 20_000_000;

    /// Neither a divisor of a ring's size nor of the other program's.
    private static final int PIECE = 1009;

    @TempDir Path dir;

    @ParameterizedTest
    @CsvSource({
        "console, front", "console, back",
        "xenstore, front", "xenstore, back",
        "flex, front", "flex, back"
    })
    void everyOctetComesBackOnce(String kind, String itsEnd) throws Exception {
        Path octets = Programs.compile("octets.c", dir);
        Path path = dir.resolve("ring");
        try (RingFile file = RingFile.create(path, ringKind(kind))) {
            End mine = end(kind, !itsEnd.equals("front"), file.memory());
            Process peer =
                    Programs.start(
                            List.of(
                                    octets.toString(),
                                    kind,
                                    itsEnd,
                                    path.toString(),
                                    Integer.toString(COUNT)));
            try {
                exchange(mine, peer);
                assertThat(Programs.finish(peer)).isEqualTo(itsEnd + ": " + COUNT + " octets\n");
            } finally {
                peer.destroyForcibly();
            }
        }
    }

    private static void exchange(End mine, Process peer) throws Exception {
        Cstruct out = Cstruct.create(PIECE);
        Cstruct in = Cstruct.create(PIECE);
        for (int sent = 0, got = 0; got < COUNT; ) {
            for (int i = 0; i < PIECE; i++) {
                out.putU8(i, octet(sent + i));
            }
            int n = mine.writer.write(out, 0, Math.min(PIECE, COUNT - sent));
            sent += n;
            int m = mine.reader.read(in, 0, PIECE);
            for (int i = 0; i < m; i++) {
                if (in.u8(i) != octet(got + i)) {
                    throw new AssertionError("octet " + (got + i) + " is " + in.u8(i));
                }
            }
            got += m;
            if (n + m == 0) {
                assertThat(mine.reader.fault()).isNull();
                assertThat(mine.writer.fault()).isNull();
                if (!peer.isAlive() && mine.reader.available() == 0) {
                    Programs.finish(peer);
                    throw new AssertionError("the peer ended after " + got + " octets");
                }
                Thread.yield();
            }
        }
    }

    private static int octet(int index) {
        return (index * 0x9E3779B1) >>> 24;
    }

    private record End(OctetReader reader, OctetWriter writer) {}

    private static RingKind ringKind(String kind) {
        return switch (kind) {
            case "console" -> new RingKind.Console();
            case "xenstore" -> new RingKind.Xenstore();
            default -> new RingKind.Flex(2);
        };
    }

    private static End end(String kind, boolean front, Cstruct memory) {
        switch (kind) {
            case "console" -> {
                var ring = front ? ConsoleRing.guest(memory) : ConsoleRing.daemon(memory);
                return new End(ring.reader(), ring.writer());
            }
            case "xenstore" -> {
                var ring = front ? XenstoreRing.guest(memory) : XenstoreRing.daemon(memory);
                return new End(ring.reader(), ring.writer());
            }
            default -> {
                Cstruct page = memory.sub(0, RingKind.PAGE_OCTETS);
                Cstruct data = memory.sub(RingKind.PAGE_OCTETS, FlexRing.dataOctets(2));
                var ring = front ? FlexRing.front(page, data) : FlexRing.back(page, data);
                return new End(ring.reader(), ring.writer());
            }
        }
    }
}
