// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.SipHash;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

class ConnectionTableTest {
    private static final TcpStack STACK =
            new Link(new Link.Quality(), TcpParameters.linux(), TcpParameters.linux(), 1).a;

    @Property(tries = 100)
    void itIsAsAHashMap(@ForAll Random random) {
        var table = new ConnectionTable(new SipHash(random.nextLong(), random.nextLong()));
        Map<Integer, TcpConnection> twin = new HashMap<>();
        for (int step = 0; step < 2000; step++) {
            int port = random.nextInt(500);
            TcpConnection there = twin.get(port);
            assertThat(table.find(0, 1, 80, 0, 2, port)).isSameAs(there);
            if (there != null) {
                table.remove(there);
                table.remove(there);
                twin.remove(port);
            } else {
                var c = new TcpConnection(STACK, new TcpSettings(), 0, 1, 80, 0, 2, port, 0);
                table.add(c);
                twin.put(port, c);
            }
            assertThat(table.size()).isEqualTo(twin.size());
        }
    }
}
