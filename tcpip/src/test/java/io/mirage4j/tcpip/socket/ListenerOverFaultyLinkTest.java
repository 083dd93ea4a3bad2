// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.contract.ListenerContract;
import io.mirage4j.platform.memory.LinkFaults;

import org.junit.jupiter.api.AfterEach;

class ListenerOverFaultyLinkTest extends ListenerContract {
    private static final LinkFaults FAULTS =
            LinkFaults.NONE.duplication(0.3).reordering(0.2).delayNanos(300_000);

    private TwoHosts hosts;

    @Override
    protected Meeting open() throws Exception {
        hosts = TwoHosts.joinedBadly(7, FAULTS, tcp -> tcp);
        return new Meeting(hosts.right.listen(new Endpoint(TwoHosts.RIGHT_6, 0)), hosts.left);
    }

    @AfterEach
    void part() throws Exception {
        hosts.close();
    }
}
