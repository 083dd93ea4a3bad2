// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import org.jspecify.annotations.Nullable;

/// Both sides must do the same work, or there is nothing to compare.
final class Agreement {
    private static final int[] CHECKED_TIMES = {1, 2, 7};

    /// What the sides do not agree on; null where they agree.
    static Outcome.@Nullable Failed violation(Row row, Body ours, Body baseline) throws Throwable {
        for (int times : CHECKED_TIMES) {
            long mine = ours.run(times);
            long theirs = baseline.run(times);
            if (mine != theirs) {
                return new Outcome.Failed(
                        "for %d times ours gives %d, %s %d"
                                .formatted(times, mine, row.baseline(), theirs));
            }
        }
        return null;
    }

    private Agreement() {}
}
