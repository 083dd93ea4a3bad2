// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

/// The front end of a request/response ring: fills slots with requests, takes responses. At most
/// [#count] requests are in flight, and a response to nothing stops the ring.
public final class FrontRing extends SlotRing {
    private FrontRing(Cstruct memory, int slotOctets, int index) {
        super(memory, slotOctets, true);
        startAt(index);
    }

    /// A new ring in `memory`: one page or several that follow each other, at least 4-aligned.
    /// `slotOctets` is the larger of request and response.
    public static FrontRing create(Cstruct memory, int slotOctets) {
        Sring.init(memory);
        return attach(memory, slotOctets, 0);
    }

    /// An idle ring that was made before and stands at `index` on both sides.
    public static FrontRing attach(Cstruct memory, int slotOctets, int index) {
        return new FrontRing(memory, slotOctets, index);
    }

    @Override
    int ownProd() {
        return Sring.REQ_PROD;
    }

    @Override
    int ownEvent() {
        return Sring.RSP_EVENT;
    }

    @Override
    int peerProd() {
        return Sring.RSP_PROD;
    }

    @Override
    int peerEvent() {
        return Sring.REQ_EVENT;
    }
}
