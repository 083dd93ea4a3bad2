// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// What the SACK blocks of one segment, and the records that its number took off the scoreboard,
/// say: see [Deliveries]. It is used again for the next.
final class Acked {
    int newlySacked;

    /// Of what was sent once, before the recovery that is under way.
    boolean originalSacked;

    boolean sackSeenDuplicate;

    /// -1: nothing newly SACKed was sent only once.
    long sackRtt;

    int lowestNewlySacked;
    boolean reorderedSack;

    /// The highest number that was SACKed, and whether there was one, before this segment.
    int highestBefore;

    boolean anyBefore;

    /// Records taken off, and their octets.
    int segments;

    int octets;
    int sackedBefore;

    /// When the first and the last of those left that were sent once; only if there is a sample.
    boolean hasSample;

    long firstSentAt;
    long lastSentAt;
    boolean retransmittedAcked;
    boolean originalAcked;
    boolean synAcked;
    boolean reordered;
    int lowestReordered;
}
