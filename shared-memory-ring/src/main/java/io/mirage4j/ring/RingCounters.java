// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

/// The private counters of one end of a request/response ring, between two pads. All of them run
/// freely modulo 2^32.
abstract class RingCounters extends LeadingPad {
    /// Slots filled: `req_prod_pvt` of a front, `rsp_prod_pvt` of a back.
    int produced;

    /// What we last stored in the shared producer index.
    int published;

    /// Slots taken from the peer: `rsp_cons` of a front, `req_cons` of a back.
    int consumed;

    /// The peer's producer index when it was last read, already checked. Invariant: as long as it
    /// differs from `consumed`, messages wait and the shared index need not be read.
    int seen;

    /// How far `produced` may run ahead of `consumed`: a front asks first, so it is the number of
    /// slots; a back only answers, so it is 0. A stopped ring has the present difference here, so
    /// that there is no room.
    int lead;
}
