// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.echo;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;

import java.io.IOException;

/// The service of RFC 862: sends back what it gets. It knows flows and datagrams, and not what
/// carries them.
final class Echo {
    static final int PORT = 7;

    private static final int BUFFER_OCTETS = 1 << 16;

    /// Serves whoever connects, each in a virtual thread of his own, until the listener is closed.
    static void serve(Listener listener) throws IOException {
        while (true) {
            Flow flow = listener.accept();
            Thread.startVirtualThread(() -> echo(flow));
        }
    }

    private static void echo(Flow flow) {
        try (flow) {
            Cstruct buf = Cstruct.create(BUFFER_OCTETS);
            for (int len; (len = flow.read(buf)) != Flow.END; ) {
                flow.write(buf.sub(0, len));
            }
        } catch (IOException e) {
            // The other end went away, which is his right.
        }
    }

    /// Answers datagrams until the port is closed.
    static void serve(Datagrams port) throws IOException {
        Datagram datagram = Datagram.create(BUFFER_OCTETS);
        while (true) {
            port.receive(datagram);
            answer(port, datagram);
        }
    }

    private static void answer(Datagrams port, Datagram datagram) {
        // RFC 862 by UDP, from echo to echo, would never end.
        if (datagram.remote().port() == PORT) return;
        try {
            port.send(datagram);
        } catch (IOException e) {
            // One that can not be answered is no reason to stop.
        }
    }

    private Echo() {}
}
