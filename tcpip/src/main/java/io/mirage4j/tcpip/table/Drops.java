// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import io.mirage4j.tcpip.wire.Verdict;

import java.util.EnumMap;
import java.util.Map;

/// How often something was dropped, by cause. Counting allocates nothing.
public final class Drops {
    private static final Verdict[] CAUSES = Verdict.values();

    private final long[] counts = new long[CAUSES.length];

    public void count(Verdict cause) {
        counts[index(cause)]++;
    }

    public void count(Verdict cause, int times) {
        counts[index(cause)] += times;
    }

    public long of(Verdict cause) {
        return counts[index(cause)];
    }

    /// All causes that were met, with their counts, as they are now.
    public Map<Verdict, Long> snapshot() {
        var result = new EnumMap<Verdict, Long>(Verdict.class);
        for (Verdict cause : CAUSES) {
            if (cause != Verdict.OK && of(cause) > 0) {
                result.put(cause, of(cause));
            }
        }
        return result;
    }

    @SuppressWarnings("EnumOrdinal") // An index into counters that live no longer than this class.
    private static int index(Verdict cause) {
        return cause.ordinal();
    }
}
