// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.contract.FlowContract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowOverMemoryTest extends FlowContract {
    private TwoHosts hosts;
    private TcpServerSocket server;

    @BeforeAll
    void join() throws Exception {
        hosts = TwoHosts.joined();
        server = hosts.right.listen(new Endpoint(TwoHosts.RIGHT, 7));
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
}
