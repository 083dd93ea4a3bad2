// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.MacAddress;

/// What stands in front of an Ethernet payload.
///
/// @param tag the 16 bits of a VLAN tag, or -1 if there is none
public record EthernetHeader(MacAddress destination, MacAddress source, int tag, int type) {
    public EthernetHeader {
        if (tag < -1 || tag > 0xffff) {
            throw new IllegalArgumentException("tag " + tag + " is not in -1..65535");
        }
        if (type < 0 || type > 0xffff) {
            throw new IllegalArgumentException("type " + type + " is not in 0..65535");
        }
    }

    public static Decoded<EthernetHeader> parse(ReadOnlyCstruct frame) {
        Verdict verdict = EthernetWire.check(frame);
        if (verdict != Verdict.OK) return Decoded.refused(verdict);
        return Decoded.of(
                new EthernetHeader(
                        new MacAddress(EthernetWire.destination(frame)),
                        new MacAddress(EthernetWire.source(frame)),
                        EthernetWire.isTagged(frame) ? EthernetWire.tag(frame) : -1,
                        EthernetWire.type(frame)));
    }

    public int lengthOctets() {
        return EthernetWire.HEADER_LENGTH + (tag < 0 ? 0 : EthernetWire.TAG_LENGTH);
    }

    /// Writes [#lengthOctets] octets at `off`.
    public void emit(Cstruct buf, int off) {
        if (tag < 0) {
            EthernetWire.put(buf, off, destination.bits(), source.bits(), type);
        } else {
            EthernetWire.putTagged(buf, off, destination.bits(), source.bits(), tag, type);
        }
    }
}
