// SPDX-License-Identifier: Apache-2.0
package outside;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;

import java.lang.foreign.Arena;

/// What a user does first: a frame, a header in it, its checksum, on the heap and on pages.
public final class Main {
    public static void main(String[] args) {
        try (Arena arena = Arena.ofConfined()) {
            show(Cstruct.create(34));
            show(Cstruct.allocate(arena, 34, 8));
            show(Cstruct.allocate(34, 8));
        }
    }

    private static void show(Cstruct frame) {
        frame.putU16be(12, 0x0800);
        Cstruct header = frame.shift(14);
        header.putU8(0, 0x45);
        header.putU16be(2, 20);
        header.putU16be(10, InternetChecksum.finish(InternetChecksum.onesComplementSum(header)));
        System.out.println(frame + " checksum " + Integer.toHexString(header.u16be(10)));
    }

    private Main() {}
}
