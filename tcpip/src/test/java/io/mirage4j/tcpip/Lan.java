// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.MacAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Hosts on one cable, on one clock: what one sends all others get, at once.
final class Lan {
    private final List<Host> hosts = new ArrayList<>();
    private long now = Host.SECOND;

    Host host(int number, UnaryOperator<StackConfig.Builder> settings) {
        Host host = Host.of(new MacAddress(0x0200_0000_0000L + number), settings);
        hosts.add(host);
        return host;
    }

    /// Lets time pass, from deadline to deadline of whoever is next.
    void passes(long nanos) {
        long end = now + nanos;
        deliver();
        for (long next; (next = next()) <= end; ) {
            now = Math.max(now, next);
            deliver();
        }
        now = end;
        deliver();
    }

    private long next() {
        long next = Engine.NEVER;
        for (Host host : hosts) {
            next = Math.min(next, host.stack.nextDeadline());
        }
        return next;
    }

    private void deliver() {
        boolean busy = true;
        for (Host host : hosts) {
            host.now = now;
            host.stack.advance(now);
        }
        while (busy) {
            busy = false;
            for (Host sender : hosts) {
                for (Cstruct frame : sender.sends()) {
                    busy = true;
                    for (Host host : hosts) {
                        if (host != sender) {
                            host.stack.receive(frame, now);
                        }
                    }
                }
            }
        }
    }
}
