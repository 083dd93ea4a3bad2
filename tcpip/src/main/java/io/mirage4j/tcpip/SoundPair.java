// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

/// The addresses of the last packet that was found to be for us alone and from where packets may
/// come from, so that the next one of the same pair need not be asked again: as long as no address
/// of ours has come or gone. Nothing here allocates.
final class SoundPair {
    private final Stack stack;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int configurations;
    private boolean isSet;

    SoundPair(Stack stack) {
        this.stack = stack;
    }

    boolean isOf(Arrival a) {
        return isSet
                && a.sourceLow == sourceLow
                && a.destinationLow == destinationLow
                && a.sourceHigh == sourceHigh
                && a.destinationHigh == destinationHigh
                && !a.linkGroup
                && a.linkSource != -1
                && configurations == stack.configurations();
    }

    /// Remembers the pair of a packet that came over the link and was found sound.
    void set(Arrival a) {
        if (a.linkSource == -1 || a.toGroup()) return;
        sourceHigh = a.sourceHigh;
        sourceLow = a.sourceLow;
        destinationHigh = a.destinationHigh;
        destinationLow = a.destinationLow;
        configurations = stack.configurations();
        isSet = true;
    }
}
