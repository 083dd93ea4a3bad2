// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;

/// One connection that carries more than 2^32 octets: every number kept from its beginning is
/// passed by half the circle, and then by the whole of it.
class LongTransferTest {
    private static final int WRITE = 65536;

    @Test
    void aConnectionOutlivesItsSequenceNumbers() {
        transfer(TcpParameters.linux());
    }

    @Test
    void soDoesOneOfTheFreebsdProfile() {
        transfer(TcpParameters.freebsd());
    }

    private static void transfer(TcpParameters parameters) {
        var wire = new Loopback(parameters, 1500);
        TcpListener listener = wire.b.listen(80, 8, new TcpSettings());
        TcpConnection client = wire.a.connect(Link.fromAToB(), 0, 80, new TcpSettings(), wire.now);
        wire.run();
        TcpConnection server = accepted(listener);
        Cstruct data = Cstruct.create(WRITE);
        long written = 0;
        long read = 0;
        for (int round = 0; read < (1L << 32) + (1 << 28); round++) {
            written += Math.max(0, client.write(data, 0, WRITE, wire.now));
            wire.run();
            long before = read;
            for (int n; (n = server.read(data, 0, WRITE, wire.now)) > 0; ) read += n;
            wire.run();
            wire.advance(1_000_000);
            if (round % 64 == 63) {
                for (int i = 0; i < 100 && read < written; i++) {
                    wire.advance(10_000_000);
                    for (int n; (n = server.read(data, 0, WRITE, wire.now)) > 0; ) read += n;
                }
                long at = before;
                assertEquals(written, read, () -> "stuck after " + at + " octets");
            }
        }
    }

    private static TcpConnection accepted(TcpListener listener) {
        TcpConnection connection = listener.accept();
        assertNotNull(connection);
        return connection;
    }
}
