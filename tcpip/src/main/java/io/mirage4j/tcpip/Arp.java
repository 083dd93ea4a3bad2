// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tcpip.table.Packet;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.ArpWire;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.Verdict;

/// ARP (RFC 826) with the detection of conflicts (RFC 5227): answers for our addresses, hears who
/// has others. Nothing here allocates.
final class Arp {
    private final Stack stack;

    Arp(Stack stack) {
        this.stack = stack;
    }

    Verdict receive(Cstruct frame, int off, int len, long now) {
        Verdict verdict = ArpWire.check(frame, off, len);
        if (verdict != Verdict.OK) return verdict;
        long mac = ArpWire.senderMac(frame, off);
        int sender = ArpWire.sender(frame, off);
        int target = ArpWire.target(frame, off);
        if (mac == stack.link.mac) return Verdict.OK;
        // A sender that is a group, or says it is somebody else than the frame does, lies.
        if (EthernetWire.isGroup(mac)
                || mac != EthernetWire.source(frame)
                || sender >>> 28 == 0xe
                || sender == -1) {
            return Verdict.ARP_BAD_SENDER;
        }
        LocalAddress theirs = stack.locals.find(0, Addresses.mapped(sender));
        if (theirs != null) {
            // RFC 5227, 2.1.1 and 2.4
            stack.probing.conflict(theirs, now);
            return Verdict.OK;
        }
        LocalAddress ours = stack.locals.find(0, Addresses.mapped(target));
        boolean request = ArpWire.operation(frame, off) == ArpWire.REQUEST;
        if (sender == 0) {
            return ours == null ? Verdict.ARP_FOR_ANOTHER : probed(ours, request, mac, now);
        }
        if (ours == null || !ours.isUsable()) {
            stack.neighbours.heard(0, Addresses.mapped(sender), mac, false, now);
            return Verdict.ARP_FOR_ANOTHER;
        }
        if (request) {
            stack.neighbours.heard(0, Addresses.mapped(sender), mac, true, now);
            reply(target, mac, sender);
        } else if (ArpWire.targetMac(frame, off) == stack.link.mac) {
            stack.neighbours.answered(0, Addresses.mapped(sender), mac, now);
        } else {
            stack.neighbours.heard(0, Addresses.mapped(sender), mac, false, now);
        }
        return Verdict.OK;
    }

    /// Somebody asks whether the address is free. If we ask the same, neither gets it.
    private Verdict probed(LocalAddress ours, boolean request, long mac, long now) {
        if (!ours.isUsable()) {
            stack.probing.conflict(ours, now);
        } else if (request) {
            reply((int) ours.low, mac, 0);
        }
        return Verdict.OK;
    }

    /// Asks for an address: all, or one who should have it.
    ///
    /// @param mac -1 for all
    void request(int target, long mac) {
        LocalAddress source = stack.locals.select(0, Addresses.mapped(target));
        if (source != null) {
            send(
                    ArpWire.REQUEST,
                    (int) source.low,
                    0,
                    target,
                    mac == -1 ? EthernetWire.BROADCAST : mac);
        }
    }

    /// Asks whether an address is free, without telling that we want it.
    void probe(int address) {
        send(ArpWire.REQUEST, 0, 0, address, EthernetWire.BROADCAST);
    }

    void announce(int address) {
        send(ArpWire.REQUEST, address, 0, address, EthernetWire.BROADCAST);
    }

    private void reply(int address, long mac, int asker) {
        send(ArpWire.REPLY, address, mac, asker, mac);
    }

    private void send(int operation, int sender, long targetMac, int target, long destination) {
        Packet packet = stack.link.takeUrgent();
        if (packet == null) {
            stack.drops.count(Verdict.NO_BUFFER);
            return;
        }
        packet.len = ArpWire.LENGTH;
        ArpWire.put(packet.buf, packet.off, operation, stack.link.mac, sender, targetMac, target);
        stack.link.send(packet, destination, EthernetWire.ARP);
    }
}
