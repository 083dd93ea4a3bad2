// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.contract.FlowContract;
import io.mirage4j.platform.memory.LinkFaults;
import io.mirage4j.tcpip.tcp.TcpParameters;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// The contract where frames come late, twice and out of order. None is lost: a reset that is lost
/// is noticed by who sends only, and the contract's readers would wait.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowOverFaultyLinkTest extends FlowContract {
    private static final LinkFaults FAULTS =
            LinkFaults.NONE
                    .duplication(0.02)
                    .reordering(0.02)
                    .delayNanos(200_000)
                    .jitterNanos(100_000);

    private TwoHosts hosts;
    private TcpServerSocket server;

    @BeforeAll
    void join() throws Exception {
        hosts = TwoHosts.joinedBadly(11, FAULTS, FlowOverFaultyLinkTest::smallBuffers);
        server = hosts.right.listen(new Endpoint(TwoHosts.RIGHT_6, 7));
    }

    static TcpParameters smallBuffers(TcpParameters tcp) {
        tcp.sendBufferOctets = 64 << 10;
        tcp.maxSendBufferOctets = 256 << 10;
        tcp.maxReceiveBufferOctets = 256 << 10;
        return tcp;
    }

    @AfterAll
    void part() throws Exception {
        hosts.close();
    }

    @Override
    protected Ends open() throws Exception {
        TcpSocket near = hosts.left.connect(server.local().orElseThrow());
        return new Ends(near, server.accept());
    }

    @Override
    protected int plenty() {
        return 2_000_003;
    }
}
