// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import org.jspecify.annotations.Nullable;

/// The one board of the process. It is not passed to `main` because a `main` takes words only.
final class CurrentBoard {
    private static volatile @Nullable Board board;

    static void install(Board installed) {
        board = installed;
    }

    static Board get() {
        Board now = board;
        if (now == null) {
            throw new IllegalStateException(
                    "no board below this program: start it by `mirage run`, or call Board.install"
                            + " first");
        }
        return now;
    }

    private CurrentBoard() {}
}
