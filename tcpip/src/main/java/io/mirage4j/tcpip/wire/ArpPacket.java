// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.MacAddress;

/// A question or an answer of ARP for IPv4 over Ethernet.
public record ArpPacket(
        Operation operation,
        MacAddress senderMac,
        Ipv4Address sender,
        MacAddress targetMac,
        Ipv4Address target) {
    public enum Operation {
        REQUEST,
        REPLY
    }

    public static Decoded<ArpPacket> parse(ReadOnlyCstruct buf, int off, int len) {
        Verdict verdict = ArpWire.check(buf, off, len);
        if (verdict != Verdict.OK) return Decoded.refused(verdict);
        return Decoded.of(
                new ArpPacket(
                        ArpWire.operation(buf, off) == ArpWire.REQUEST
                                ? Operation.REQUEST
                                : Operation.REPLY,
                        new MacAddress(ArpWire.senderMac(buf, off)),
                        new Ipv4Address(ArpWire.sender(buf, off)),
                        new MacAddress(ArpWire.targetMac(buf, off)),
                        new Ipv4Address(ArpWire.target(buf, off))));
    }

    /// Writes [ArpWire#LENGTH] octets at `off`.
    public void emit(Cstruct buf, int off) {
        ArpWire.put(
                buf,
                off,
                operation == Operation.REQUEST ? ArpWire.REQUEST : ArpWire.REPLY,
                senderMac.bits(),
                sender.bits(),
                targetMac.bits(),
                target.bits());
    }
}
