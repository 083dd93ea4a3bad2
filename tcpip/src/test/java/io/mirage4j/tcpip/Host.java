// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.memory.SeededEntropy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A stack with a clock of its own: frames are handed to it, and what it sends is collected.
final class Host {
    static final long SECOND = 1_000_000_000;
    static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");
    static final IpPrefix ADDRESS = IpPrefix.of("192.0.2.1/24");
    static final IpPrefix ADDRESS_6 = IpPrefix.of("2001:db8::1/64");

    final Stack stack;
    long now = SECOND;
    private final Cstruct slot = Cstruct.create(70_000);

    private Host(StackConfig config, long seed) {
        stack = Stack.create(config, new SeededEntropy(seed), now);
    }

    static Host of(UnaryOperator<StackConfig.Builder> settings) {
        return new Host(settings.apply(StackConfig.builder(MAC, 1500)).build(), 1);
    }

    static Host of(MacAddress mac, UnaryOperator<StackConfig.Builder> settings) {
        return new Host(settings.apply(StackConfig.builder(mac, 1500)).build(), mac.bits());
    }

    /// With an address of each version, all that is sent at first behind it.
    static Host settled() {
        return settled(settings -> settings);
    }

    static Host settled(UnaryOperator<StackConfig.Builder> more) {
        Host host = of(settings -> more.apply(settings.address(ADDRESS).address(ADDRESS_6)));
        host.passes(10 * SECOND);
        return host;
    }

    void gets(Cstruct... frames) {
        for (Cstruct frame : frames) {
            stack.receive(frame, now);
        }
        stack.advance(now);
    }

    /// All frames that it has to send now.
    List<Cstruct> sends() {
        List<Cstruct> frames = new ArrayList<>();
        for (int len; (len = stack.transmit(slot, now)) > 0; ) {
            frames.add(Cstruct.of(slot.toByteArray(0, len)));
        }
        return frames;
    }

    /// Lets time pass from deadline to deadline, and returns what was sent meanwhile.
    List<Cstruct> passes(long nanos) {
        long end = now + nanos;
        List<Cstruct> frames = new ArrayList<>(sends());
        for (long next; (next = stack.nextDeadline()) != Engine.NEVER && next <= end; ) {
            now = Math.max(now, next);
            stack.advance(now);
            frames.addAll(sends());
        }
        now = end;
        stack.advance(now);
        frames.addAll(sends());
        return frames;
    }
}
