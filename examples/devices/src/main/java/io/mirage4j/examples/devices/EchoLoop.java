// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.unikernel.Board;

import java.io.IOException;
import java.util.Set;

/// Answers frames, waiting where there are none. A checksum that came unfinished goes back so,
/// where the port finishes it: an answer leaves it as it is.
final class EchoLoop {
    private static final long WAIT_NANOS = 1_000_000_000;

    private final Board board;
    private final NetDevice port;
    private final Echo echo;
    private final FrameNote note = new FrameNote();

    EchoLoop(Board board, IpAddress address) throws IOException {
        if (!(address instanceof Ipv4Address ipv4)) {
            throw new IOException(address + " is no IPv4 address");
        }
        this.board = board;
        port = board.open(Devices.SERVICE);
        if (port.sendOffloads().contains(Offload.CHECKSUM)) {
            port.receiveOffloads(Set.of(Offload.CHECKSUM));
        }
        echo = new Echo(port.mac(), ipv4);
        board.console().println("echo: " + address + " at " + port.mac() + ", mtu " + port.mtu());
    }

    /// Answers until it has answered `count` frames; negative for ever.
    static int run(Board board, IpAddress address, int count) throws IOException {
        var loop = new EchoLoop(board, address);
        int answered = 0;
        while (answered != count) {
            answered += loop.turn();
        }
        loop.port.flush();
        board.console().println("echo: answered " + answered);
        return 0;
    }

    /// Answers a frame, or waits a while for one: how many were answered.
    int turn() throws IOException {
        Cstruct frame = port.poll(note);
        if (frame == null) {
            port.flush();
            board.await(port, board.clock().nanoTime() + WAIT_NANOS);
            return 0;
        }
        if (!port.hasRoom()) return 0;
        int len = echo.answer(frame, port.slot());
        if (len > 0) {
            port.commit(len, note);
        }
        return len > 0 ? 1 : 0;
    }
}
