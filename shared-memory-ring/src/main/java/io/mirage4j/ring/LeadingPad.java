// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

/// Keeps the counters of one end of a ring off the cache lines of whatever object lies before it on
/// the heap. Two ends that belong to two threads would otherwise fight for a line although they
/// share no field. 128 octets, since processors fetch lines in pairs. The virtual machine lays out
/// the fields of a superclass first, so the order of the classes is the order in memory; the `int`
/// takes the gap behind the object's header, where a counter would go otherwise.
@SuppressWarnings("unused")
abstract class LeadingPad {
    private int gap;
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
}
