// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Rings in shared memory between two parties that do not trust each other: Xen's request/response
/// ring ([io.mirage4j.ring.FrontRing], [io.mirage4j.ring.BackRing]), its octet rings
/// ([io.mirage4j.ring.ConsoleRing], [io.mirage4j.ring.XenstoreRing], [io.mirage4j.ring.FlexRing]),
/// and rings of records of our own format ([io.mirage4j.ring.RecordRing]), in pages of a hypervisor
/// or in a file that two processes map ([io.mirage4j.ring.RingFile]).
@NullMarked
module io.mirage4j.ring {
    requires transitive io.mirage4j.cstruct;
    requires static org.jspecify;

    exports io.mirage4j.ring;
}
