// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.Target;
import io.mirage4j.platform.unikernel.Declaration;

import java.nio.file.Path;
import java.util.List;

/// An image with all that it is to be started with; optional disks that were not given are blanks
/// beside the image.
///
/// @param words the arguments of the program, one each
public record Guest(
        Declaration declaration, Target target, Path image, Wiring wiring, List<String> words) {
    /// What fits below the registers of devices, which end at 4 GB. QEMU and Xen put the rest of a
    /// larger memory behind them, where an image does not reach, and leave it even less here.
    private static final int MOST_IN_ONE_PIECE = 3584;

    public Guest {
        words = List.copyOf(words);
        wiring = wiring.withBlanks(declaration, image);
        wiring.check(declaration);
    }

    /// The memory of a machine with devices of its own.
    ///
    /// @throws AssemblyException if the image could not use all of it
    int megabytesInOnePiece() {
        int megabytes = wiring.memoryMegabytes();
        if (megabytes > MOST_IN_ONE_PIECE) {
            throw new AssemblyException(
                    "--mem=%d: an image for %s uses at most %d MB, which lie below 4 GB; give less"
                            .formatted(megabytes, target.word(), MOST_IN_ONE_PIECE));
        }
        return megabytes;
    }
}
