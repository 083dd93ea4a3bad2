// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.contract.DatagramsContract;

import org.junit.jupiter.api.AfterEach;

class DatagramsOverMemoryTest extends DatagramsContract {
    private TwoHosts hosts;

    @Override
    protected Ports open() throws Exception {
        hosts = TwoHosts.joined();
        return new Ports(
                hosts.left.bind(new Endpoint(TwoHosts.LEFT_6, 0)),
                hosts.right.bind(new Endpoint(TwoHosts.RIGHT_6, 7)));
    }

    @AfterEach
    void part() throws Exception {
        hosts.close();
    }
}
