// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.tcpip.Neighbour.State;
import io.mirage4j.tcpip.table.AddressTable;
import io.mirage4j.tcpip.table.Packet;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

/// Who has which MAC address, learnt by ARP and neighbour discovery, and whether they still answer:
/// neighbour unreachability detection (RFC 4861, 7.3) for both versions.
///
/// Bounded by the number of neighbours, of packets that wait for one, and of packets that wait for
/// all. Who we never sent to makes room before those we did. Sending to a known one allocates
/// nothing.
final class Neighbours {
    private static final long SECOND = 1_000_000_000;

    // RFC 4861, 10
    private static final int MAX_MULTICAST_SOLICIT = 3;
    private static final int MAX_UNICAST_SOLICIT = 3;
    private static final long DELAY_FIRST_PROBE_TIME = 5 * SECOND;

    private static final int MAX_WAITING = 16;

    private final Stack stack;
    private final AddressTable<Neighbour> table;
    private final int mostWaiting;
    private int waiting;

    /// Where the last packet went, and the hop that it took; true for as long as [#changes] says.
    private long latestHigh;

    private long latestLow;
    private @Nullable Neighbour latest;
    private int latestChanges;

    /// How many neighbours have come or gone.
    private int comings;

    Neighbours(Stack stack) {
        this.stack = stack;
        table = new AddressTable<>(stack.config.neighbours(), stack.entropy.nextLong());
        mostWaiting = stack.config.packets() / 4;
    }

    int size() {
        return table.size();
    }

    int waiting() {
        return waiting;
    }

    @Nullable Neighbour find(long high, long low) {
        return table.peek(high, low);
    }

    /// Grows whenever the next hop of an address may be another than before.
    private int changes() {
        return comings + stack.configurations() + stack.routes.changes();
    }

    /// Sends a packet where the last one went, by the same next hop. False if it goes elsewhere: it
    /// is not ours then.
    boolean follow(Packet packet, long high, long low, int type, long now) {
        Neighbour neighbour = latest;
        if (neighbour == null
                || latestLow != low
                || latestHigh != high
                || neighbour.state != State.REACHABLE
                || neighbour.reachableUntil <= now
                || latestChanges != changes()) {
            return false;
        }
        stack.link.send(packet, neighbour.mac, type);
        return true;
    }

    /// Sends a packet to an address by way of the next hop. The packet is ours.
    Verdict route(Packet packet, long high, long low, int type, long now) {
        // RFC 4861, 5.2: link-local addresses are on the link whatever routes there are.
        if (Addresses.isLinkLocal(high, low)) return hop(packet, high, low, high, low, type, now);
        int route = stack.routes.lookup(high, low);
        if (route < 0) {
            stack.link.give(packet);
            return Verdict.NO_ROUTE;
        }
        boolean onLink = stack.routes.isOnLink(route);
        long hopHigh = onLink ? high : stack.routes.gatewayHigh(route);
        long hopLow = onLink ? low : stack.routes.gatewayLow(route);
        return hop(packet, hopHigh, hopLow, high, low, type, now);
    }

    private Verdict hop(
            Packet packet, long high, long low, long toHigh, long toLow, int type, long now) {
        Neighbour neighbour = table.get(high, low);
        if (neighbour == null) {
            neighbour = create(high, low, false);
            solicit(neighbour, now);
        }
        latest = neighbour;
        latestHigh = toHigh;
        latestLow = toLow;
        latestChanges = changes();
        if (neighbour.state == State.INCOMPLETE) return queue(neighbour, packet);
        if (neighbour.state == State.STALE
                || (neighbour.state == State.REACHABLE && neighbour.reachableUntil <= now)) {
            enter(neighbour, State.DELAY, now + DELAY_FIRST_PROBE_TIME);
        }
        stack.link.send(packet, neighbour.mac, type);
        return Verdict.OK;
    }

    private Verdict queue(Neighbour neighbour, Packet packet) {
        if (neighbour.waiting.size() == MAX_WAITING || waiting == mostWaiting) {
            // RFC 4861, 7.2.2: the oldest makes room.
            Packet oldest = neighbour.waiting.poll();
            if (oldest == null) {
                stack.link.give(packet);
                return Verdict.NEIGHBOUR_QUEUE_FULL;
            }
            stack.drops.count(Verdict.NEIGHBOUR_QUEUE_FULL);
            stack.link.give(oldest);
            waiting--;
        }
        neighbour.waiting.add(packet);
        waiting++;
        return Verdict.OK;
    }

    private Neighbour create(long high, long low, boolean unasked) {
        comings++;
        if (latest != null) {
            // Following it did not count as use.
            table.get(latest.high, latest.low);
        }
        var neighbour = new Neighbour(high, low);
        neighbour.timer = stack.timers.timer(time -> expired(neighbour, time));
        Neighbour evicted =
                unasked ? table.addOldest(high, low, neighbour) : table.add(high, low, neighbour);
        if (evicted != null) {
            forget(evicted);
        }
        return neighbour;
    }

    private void forget(Neighbour neighbour) {
        if (neighbour.timer != null) {
            neighbour.timer.cancel();
        }
        for (Packet packet; (packet = neighbour.waiting.poll()) != null; ) {
            waiting--;
            stack.drops.count(Verdict.NEIGHBOUR_SILENT);
            stack.link.give(packet);
        }
    }

    private void expired(Neighbour neighbour, long now) {
        switch (neighbour.state) {
            case INCOMPLETE -> {
                if (neighbour.solicitations < MAX_MULTICAST_SOLICIT) {
                    solicit(neighbour, now);
                } else {
                    fail(neighbour, now);
                }
            }
            case DELAY -> {
                neighbour.state = State.PROBE;
                neighbour.solicitations = 0;
                solicit(neighbour, now);
            }
            case PROBE -> {
                if (neighbour.solicitations < MAX_UNICAST_SOLICIT) {
                    solicit(neighbour, now);
                } else {
                    fail(neighbour, now);
                }
            }
            case REACHABLE, STALE -> {}
        }
    }

    private void solicit(Neighbour neighbour, long now) {
        neighbour.solicitations++;
        if (neighbour.timer != null) {
            neighbour.timer.set(now + stack.discovery.retransNanos());
        }
        long target = neighbour.state == State.PROBE ? neighbour.mac : -1;
        if (Addresses.isIpv4(neighbour.high, neighbour.low)) {
            stack.arp.request((int) neighbour.low, target);
        } else {
            stack.discovery.solicit(neighbour.high, neighbour.low, target, now);
        }
    }

    private void fail(Neighbour neighbour, long now) {
        comings++;
        table.remove(neighbour.high, neighbour.low);
        stack.routes.gatewayIsSilent(neighbour.high, neighbour.low, true);
        stack.discovery.silent(neighbour.high, neighbour.low);
        for (Packet packet; (packet = neighbour.waiting.poll()) != null; ) {
            waiting--;
            stack.drops.count(Verdict.NEIGHBOUR_SILENT);
            stack.icmpErrors.failedHere(
                    packet.buf, packet.off, packet.len, IcmpError.HOST_UNREACHABLE, now);
            stack.link.give(packet);
        }
    }

    /// Somebody said who has an address, unasked or to ask us something. It is remembered as stale;
    /// a new neighbour only if `create`.
    void heard(long high, long low, long mac, boolean create, long now) {
        Neighbour neighbour = table.peek(high, low);
        if (neighbour == null) {
            if (!create) return;
            neighbour = create(high, low, true);
        }
        if (neighbour.mac != mac) {
            learn(neighbour, mac, State.STALE, now);
        }
    }

    /// Somebody answered our question, so it can be reached both ways.
    void answered(long high, long low, long mac, long now) {
        Neighbour neighbour = table.peek(high, low);
        if (neighbour != null) {
            learn(neighbour, mac, State.REACHABLE, now);
        }
    }

    /// A neighbour advertisement: RFC 4861, 7.2.5.
    ///
    /// @param mac -1 if it came without one
    void advertised(
            long high,
            long low,
            long mac,
            boolean solicited,
            boolean override,
            boolean isRouter,
            long now) {
        Neighbour neighbour = table.peek(high, low);
        if (neighbour == null) return;
        boolean other = mac != -1 && mac != neighbour.mac;
        if (neighbour.state == State.INCOMPLETE) {
            if (mac == -1) return;
            learn(neighbour, mac, solicited ? State.REACHABLE : State.STALE, now);
        } else if (other && !override) {
            if (neighbour.state == State.REACHABLE) {
                enterStale(neighbour);
            }
            return;
        } else if (solicited) {
            learn(neighbour, other ? mac : neighbour.mac, State.REACHABLE, now);
        } else if (other) {
            learn(neighbour, mac, State.STALE, now);
        }
        if (neighbour.isRouter && !isRouter) {
            stack.discovery.noRouter(high, low, now);
        }
        neighbour.isRouter = isRouter;
    }

    private void learn(Neighbour neighbour, long mac, State state, long now) {
        if (EthernetWire.isGroup(mac)) return;
        neighbour.mac = mac;
        stack.routes.gatewayIsSilent(neighbour.high, neighbour.low, false);
        if (state == State.REACHABLE) {
            neighbour.state = State.REACHABLE;
            neighbour.reachableUntil = now + stack.discovery.reachableNanos();
            cancel(neighbour);
        } else {
            enterStale(neighbour);
        }
        int type =
                Addresses.isIpv4(neighbour.high, neighbour.low)
                        ? EthernetWire.IPV4
                        : EthernetWire.IPV6;
        for (Packet packet; (packet = neighbour.waiting.poll()) != null; ) {
            waiting--;
            stack.link.send(packet, mac, type);
        }
    }

    private static void enterStale(Neighbour neighbour) {
        neighbour.state = State.STALE;
        cancel(neighbour);
    }

    private static void enter(Neighbour neighbour, State state, long deadline) {
        neighbour.state = state;
        if (neighbour.timer != null) {
            neighbour.timer.set(deadline);
        }
    }

    private static void cancel(Neighbour neighbour) {
        neighbour.solicitations = 0;
        if (neighbour.timer != null) {
            neighbour.timer.cancel();
        }
    }
}
