// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

/// Makes sure that an address is ours alone: probes and announcements of ARP (RFC 5227), duplicate
/// address detection (RFC 4862, 5.4; RFC 7527 by its nonce), an unsolicited advertisement of a new
/// IPv6 address (RFC 9131).
final class Probing {
    private static final long SECOND = 1_000_000_000;

    // RFC 5227, 1.1
    private static final int PROBE_NUM = 3;
    private static final int ANNOUNCE_NUM = 2;
    private static final long PROBE_WAIT = SECOND;
    private static final long PROBE_MIN = SECOND;
    private static final long ANNOUNCE_WAIT = 2 * SECOND;
    private static final long ANNOUNCE_INTERVAL = 2 * SECOND;
    private static final long DEFEND_INTERVAL = 10 * SECOND;

    private final Stack stack;

    Probing(Stack stack) {
        this.stack = stack;
    }

    void start(LocalAddress address, long now) {
        address.probing = stack.timers.timer(time -> step(address, time));
        boolean ipv4 = address.isIpv4();
        address.probes =
                ipv4
                        ? stack.config.addressProbes() ? PROBE_NUM : 0
                        : stack.config.duplicateProbes();
        address.announcements = ipv4 ? ANNOUNCE_NUM : 1;
        address.nonce = stack.entropy.nextLong() & 0xffff_ffff_ffffL;
        if (address.probes == 0) {
            step(address, now);
        } else {
            address.probing.set(now + random(PROBE_WAIT));
        }
    }

    private void step(LocalAddress address, long now) {
        if (address.probing == null) return;
        if (address.probes > 0) {
            address.probes--;
            probe(address, now);
            boolean last = address.probes == 0;
            long wait =
                    !address.isIpv4()
                            ? stack.discovery.retransNanos()
                            : last ? ANNOUNCE_WAIT : PROBE_MIN + random(SECOND);
            address.probing.set(now + wait);
            return;
        }
        if (!address.isUsable()) {
            address.state = LocalAddress.State.PREFERRED;
            stack.locals.live(address, address.preferredUntil, address.validUntil, now);
            stack.usable(address, now);
        }
        if (address.announcements > 0) {
            address.announcements--;
            announce(address, now);
            address.probing.set(now + ANNOUNCE_INTERVAL);
        }
    }

    private void probe(LocalAddress address, long now) {
        if (address.isIpv4()) {
            stack.arp.probe((int) address.low);
        } else {
            stack.discovery.probe(address, now);
        }
    }

    private void announce(LocalAddress address, long now) {
        if (address.isIpv4()) {
            stack.arp.announce((int) address.low);
        } else {
            stack.discovery.announce(address, now);
        }
    }

    /// Somebody else uses an address of ours, or wants to while we do.
    void conflict(LocalAddress address, long now) {
        if (!address.isUsable()) {
            stack.locals.remove(address, now);
            stack.lost(address, now);
            return;
        }
        if (!address.isIpv4()) {
            // RFC 4862, 5.4.4: an address in use is not given up for an advertisement.
            return;
        }
        // RFC 5227, 2.4 (c): defend, at most every ten seconds; a leased one is given back (b).
        boolean again =
                address.lastDefended != Long.MIN_VALUE
                        && now - address.lastDefended < DEFEND_INTERVAL;
        if (!again) {
            address.lastDefended = now;
            stack.arp.announce((int) address.low);
        } else if (address.origin == LocalAddress.Origin.DHCP) {
            stack.locals.remove(address, now);
            stack.lost(address, now);
        }
    }

    private long random(long below) {
        return Long.remainderUnsigned(stack.entropy.nextLong(), below);
    }
}
