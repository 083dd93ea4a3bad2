// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.unikernel.Board;

import java.io.IOException;

/// Answers frames until it has answered enough, waiting where there are none.
final class EchoLoop {
    private static final long WAIT_NANOS = 1_000_000_000;

    /// @param count how many answers; negative for ever
    static int run(Board board, IpAddress address, int count) throws IOException {
        if (!(address instanceof Ipv4Address ipv4)) {
            board.console().println("echo: " + address + " is no IPv4 address");
            return 2;
        }
        NetDevice port = board.open(Devices.SERVICE);
        var echo = new Echo(port.mac(), ipv4);
        board.console().println("echo: " + address + " at " + port.mac() + ", mtu " + port.mtu());
        int answered = 0;
        while (answered != count) {
            Cstruct frame = port.poll();
            if (frame == null) {
                port.flush();
                board.await(port, board.clock().nanoTime() + WAIT_NANOS);
            } else if (port.hasRoom()) {
                int len = echo.answer(frame, port.slot());
                if (len > 0) {
                    port.commit(len);
                    answered++;
                }
            }
        }
        port.flush();
        board.console().println("echo: answered " + answered);
        return 0;
    }

    private EchoLoop() {}
}
