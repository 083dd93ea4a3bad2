// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import java.util.Arrays;
import java.util.Set;

/// By what a reader judges: limits, what it lets pass, and the methods it knows.
///
/// @param methods the only methods that are taken, others get 501; empty for any
public record Rules(Limits limits, Set<Leniency> leniencies, Set<String> methods) {
    /// RFC 9112 to the letter, any method, the default limits.
    public static final Rules STRICT = new Rules(Limits.DEFAULT, Set.of(), Set.of());

    public Rules {
        leniencies = Set.copyOf(leniencies);
        methods = Set.copyOf(methods);
    }

    public Rules with(Limits limits) {
        return new Rules(limits, leniencies, methods);
    }

    /// With exactly these leniencies.
    public Rules with(Leniency... leniencies) {
        return new Rules(limits, Set.copyOf(Arrays.asList(leniencies)), methods);
    }

    public Rules withMethods(Set<String> methods) {
        return new Rules(limits, leniencies, methods);
    }

    /// The leniencies as bits.
    int bits() {
        int bits = 0;
        for (Leniency leniency : leniencies) {
            bits |= leniency.bit();
        }
        return bits;
    }
}
