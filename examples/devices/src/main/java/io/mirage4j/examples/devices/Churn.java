// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.platform.unikernel.Board;

/// Makes garbage, and keeps a little of it, so that the collector has to move what lives; then
/// looks whether all of that is still what it was.
final class Churn {
    private static final int KEPT = 512;
    private static final int PIECE = 1024;

    static int run(Board board, int megabytes) {
        byte[][] kept = new byte[KEPT][];
        long pieces = megabytes * 1024L;
        for (long n = 0; n < pieces; n++) {
            byte[] piece = new byte[PIECE];
            piece[0] = (byte) n;
            piece[PIECE - 1] = (byte) ~n;
            // Mostly young ones die; now and then one lives for long.
            if (n % 7 == 0) {
                kept[(int) (n / 7 % KEPT)] = piece;
            }
        }
        for (byte[] piece : kept) {
            if (piece != null && piece[0] != (byte) ~piece[PIECE - 1]) {
                board.console().println("churn: an array changed under us");
                return 1;
            }
        }
        Runtime runtime = Runtime.getRuntime();
        long used = (runtime.totalMemory() - runtime.freeMemory()) >> 10;
        board.console().println("churn: " + megabytes + " MB made, " + used + " kB in use, ok");
        return 0;
    }

    private Churn() {}
}
