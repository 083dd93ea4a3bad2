// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.unikernel.Board;

/// The checksum of a frame's worth of octets, over and over: what it costs on this board. The same
/// class runs on a JVM, so the two can be compared.
public final class Checksums {
    public static final int OCTETS = 1500;

    private static final int ROUNDS = 40;
    private static final int PER_ROUND = 50_000;

    /// Where the octets are.
    public enum Place {
        PAGES,
        HEAP;

        private Cstruct window() {
            return this == HEAP ? Cstruct.create(OCTETS) : Cstruct.allocate(OCTETS, 8);
        }
    }

    static int run(Board board) {
        for (Place place : Place.values()) {
            board.console()
                    .println(
                            "checksum: "
                                    + nanos(place)
                                    + " ns per "
                                    + OCTETS
                                    + " octets, "
                                    + place);
        }
        return 0;
    }

    /// The least nanoseconds that one took, of many rounds.
    public static double nanos(Place place) {
        Cstruct window = place.window();
        for (int i = 0; i < OCTETS; i++) {
            window.putU8(i, 7 * i & 0xff);
        }
        long least = Long.MAX_VALUE;
        int sums = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = System.nanoTime();
            for (int i = 0; i < PER_ROUND; i++) {
                window.putU8(0, i & 0xff);
                sums +=
                        InternetChecksum.finish(
                                InternetChecksum.onesComplementSum(window, 0, OCTETS));
            }
            least = Math.min(least, System.nanoTime() - before);
        }
        // Keeps the sums from being nobody's.
        return sums == 1 ? 0 : (double) least / PER_ROUND;
    }

    private Checksums() {}
}
