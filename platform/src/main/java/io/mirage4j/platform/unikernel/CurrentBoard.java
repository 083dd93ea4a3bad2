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
                    "no board below this program: start it by `./mirage run APP`, where APP is its"
                            + " jar or its name in examples/; a launcher of your own calls"
                            + " Board.install before main");
        }
        return now;
    }

    private CurrentBoard() {}
}
