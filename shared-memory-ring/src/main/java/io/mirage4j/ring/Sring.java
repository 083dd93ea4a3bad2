// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

/// The shared part of a request/response ring, as `xen/io/ring.h` lays it out. A slot holds a
/// request until the response of the same index overwrites it. All fields are little-endian.
///
/// ```
///   0  u32  req_prod    requests published by the front
///   4  u32  req_event   the back wants a signal when req_prod reaches this
///   8  u32  rsp_prod    responses published by the back
///  12  u32  rsp_event   the front wants a signal when rsp_prod reaches this
///  16       48 octets, zero
///  64       the slots; index i lies at 64 + (i mod count) * slot size
/// ```
///
/// Indexes run freely modulo 2^32; only their differences mean anything.
public final class Sring {
    public static final int HEAD_OCTETS = 64;

    static final int REQ_PROD = 0;
    static final int REQ_EVENT = 4;
    static final int RSP_PROD = 8;
    static final int RSP_EVENT = 12;

    /// How many slots a ring has: the largest power of two that fits.
    public static int slots(int ringOctets, int slotOctets) {
        if (slotOctets < 1 || ringOctets - HEAD_OCTETS < slotOctets) {
            throw new IllegalArgumentException(
                    "no slot of " + slotOctets + " octets fits in a ring of " + ringOctets);
        }
        return Integer.highestOneBit((ringOctets - HEAD_OCTETS) / slotOctets);
    }

    /// Makes the ring empty at index 0, as the front does before it shows the ring to the back.
    public static void init(Cstruct ring) {
        init(ring, 0);
    }

    /// Makes the ring empty at any index.
    public static void init(Cstruct ring, int index) {
        ring.fill(0, HEAD_OCTETS, 0);
        ring.putIntOpaque(REQ_EVENT, index + 1);
        ring.putIntOpaque(RSP_EVENT, index + 1);
        ring.putIntOpaque(RSP_PROD, index);
        ring.putIntRelease(REQ_PROD, index);
    }

    private Sring() {}
}
