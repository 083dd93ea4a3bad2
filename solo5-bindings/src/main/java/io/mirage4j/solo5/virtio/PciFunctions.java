// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import java.util.ArrayList;
import java.util.List;

/// Virtio devices of a kind on the bus, in the order of their slots: that of a manifest.
public final class PciFunctions {
    private static final int VENDOR = 0x1af4;
    private static final int TRANSITIONAL = 0x1000;
    private static final int MODERN = 0x1040;
    private static final int NETWORK = 1;
    private static final int BLOCK = 2;

    /// Of bus 0: 32 devices of 8 functions each. Nobody looks behind bridges.
    private static final int FUNCTIONS = 32 * 8;

    public static List<Integer> networks(PciBus bus) {
        return of(bus, NETWORK, TRANSITIONAL);
    }

    public static List<Integer> blocks(PciBus bus) {
        return of(bus, BLOCK, TRANSITIONAL + 1);
    }

    private static List<Integer> of(PciBus bus, int kind, int transitional) {
        List<Integer> found = new ArrayList<>();
        for (int function = 0; function < FUNCTIONS; function++) {
            int word = bus.read(function, 0);
            int device = word >>> 16;
            if ((word & 0xffff) == VENDOR && (device == MODERN + kind || device == transitional)) {
                found.add(function);
            }
        }
        return found;
    }

    private PciFunctions() {}
}
