// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tender.image.RefusedException;

import java.nio.charset.StandardCharsets;

/// What a guest is told at its start; the address is its only argument.
///
/// ```
///   0  u64 memory size
///   8  u64 end of the image
///  16  u64 TSC Hz
///  24  u64 address of the command line
///  32  u64 address of the manifest
///  40  u32 features of the host: bit 0 network ring
///  44  u32 features of the guest
///  48  u64 address of the network ring
///  56  manifest, with what was attached
///      command line, 8192 octets, NUL ended
/// ```
final class BootInfo {
    static final long ADDRESS = 0x10000;

    private static final int OCTETS = 56;
    private static final int COMMAND_LINE_OCTETS = 8192;
    private static final int NETWORK_RING = 1;

    /// The octets of a command line, or why there can be none.
    static byte[] commandLine(String text) throws RefusedException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length >= COMMAND_LINE_OCTETS) {
            throw new RefusedException(
                    "arguments of %d octets: a guest takes at most %d; give it a file by --block"
                            .formatted(octets.length, COMMAND_LINE_OCTETS - 1));
        }
        return octets;
    }

    /// Writes it all to its place.
    ///
    /// @param ring where the network ring is, 0 if there is none
    static void write(
            GuestMemory memory,
            long visibleOctets,
            long imageEnd,
            long tscHertz,
            Cstruct manifest,
            byte[] commandLine,
            long ring) {
        long manifestAt = ADDRESS + OCTETS;
        long commandLineAt = manifestAt + manifest.length();
        memory.putLong(ADDRESS, visibleOctets);
        memory.putLong(ADDRESS + 8, imageEnd);
        memory.putLong(ADDRESS + 16, tscHertz);
        memory.putLong(ADDRESS + 24, commandLineAt);
        memory.putLong(ADDRESS + 32, manifestAt);
        memory.putInt(ADDRESS + 40, ring == 0 ? 0 : NETWORK_RING);
        memory.putInt(ADDRESS + 44, 0);
        memory.putLong(ADDRESS + 48, ring);
        memory.window(manifestAt, manifest.length()).put(0, manifest);
        memory.window(commandLineAt, COMMAND_LINE_OCTETS).put(0, commandLine);
    }

    private BootInfo() {}
}
