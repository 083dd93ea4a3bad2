// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;

import java.io.IOException;

/// Opens ports for datagrams: `SocketDatagrams::open` of `platform-host`, `sockets::bind` of
/// `tcpip`, `network::datagrams` in memory.
@FunctionalInterface
public interface DatagramPorts {
    /// A port at `local`; the unspecified address is any of its version, port 0 a free one that
    /// nobody can guess.
    Datagrams open(Endpoint local) throws IOException;
}
