// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

/// The back end of a request/response ring: takes requests, fills slots with responses, in any
/// order and never more than it took requests.
public final class BackRing extends SlotRing {
    private BackRing(Cstruct memory, int slotOctets, int index) {
        super(memory, slotOctets, false);
        startAt(index);
    }

    /// A ring that the front has made. Requests that no response was published for are served,
    /// again if a back end that went away had already taken them.
    public static BackRing attach(Cstruct memory, int slotOctets) {
        return attach(memory, slotOctets, memory.getIntAcquire(Sring.RSP_PROD));
    }

    /// A ring on which `index` requests, modulo 2^32, were answered.
    public static BackRing attach(Cstruct memory, int slotOctets, int index) {
        return new BackRing(memory, slotOctets, index);
    }

    @Override
    int ownProd() {
        return Sring.RSP_PROD;
    }

    @Override
    int ownEvent() {
        return Sring.REQ_EVENT;
    }

    @Override
    int peerProd() {
        return Sring.REQ_PROD;
    }

    @Override
    int peerEvent() {
        return Sring.RSP_EVENT;
    }
}
