// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.contract.ListenerContract;

import org.junit.jupiter.api.AfterEach;

class ListenerOverMemoryTest extends ListenerContract {
    private TwoHosts hosts;

    @Override
    protected Meeting open() throws Exception {
        hosts = TwoHosts.joined();
        return new Meeting(hosts.right.listen(new Endpoint(TwoHosts.RIGHT, 0)), hosts.left);
    }

    @AfterEach
    void part() throws Exception {
        hosts.close();
    }
}
