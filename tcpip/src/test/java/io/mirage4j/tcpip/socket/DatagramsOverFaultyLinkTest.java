// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.contract.DatagramsContract;
import io.mirage4j.platform.memory.LinkFaults;

import org.junit.jupiter.api.AfterEach;

/// The contract wants a link that loses nothing and keeps the order, but not one that is quick.
class DatagramsOverFaultyLinkTest extends DatagramsContract {
    private TwoHosts hosts;

    @Override
    protected Ports open() throws Exception {
        LinkFaults late = LinkFaults.NONE.delayNanos(2_000_000).jitterNanos(1_000_000);
        hosts = TwoHosts.joinedBadly(5, late, tcp -> tcp);
        return new Ports(
                hosts.left.bind(new Endpoint(TwoHosts.LEFT, 0)),
                hosts.right.bind(new Endpoint(TwoHosts.RIGHT, 7)));
    }

    @AfterEach
    void part() throws Exception {
        hosts.close();
    }
}
