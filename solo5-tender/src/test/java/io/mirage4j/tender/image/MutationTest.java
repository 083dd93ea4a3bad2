// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tender.Guests;
import io.mirage4j.tender.SptTender;
import io.mirage4j.testing.Peers;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Nothing that is done to an image crashes a loader or lets it hang, and both loaders agree on
/// what is still good.
class MutationTest {
    private static final long MEMORY = 4L << 20;
    private static final boolean FULL = Boolean.getBoolean("mirage.full");

    /// Where something stands that a loader reads.
    private static final int READ_OCTETS = 0x2d0;

    @TempDir Path dir;

    /// @param at where
    /// @param width 1, 2, 4 or 8 octets
    private record Change(int at, int width, long value) {
        void to(Cstruct octets) {
            int off = Math.min(at, octets.length() - width);
            switch (width) {
                case 1 -> octets.putU8(off, (int) value & 0xff);
                case 2 -> octets.putU16le(off, (int) value & 0xffff);
                case 4 -> octets.putU32le(off, (int) value);
                default -> octets.putU64le(off, value);
            }
        }
    }

    @Property(tries = 20_000)
    void aChangedImageIsTakenOrRefused(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 6) int changes) {
        Verdicts.takes(mutated(random, changes).octets(), Target.SPT, MEMORY);
    }

    @Property(tries = 2_000)
    void aCutImageIsTakenOrRefused(
            @ForAll @IntRange(max = 0x2100) int length,
            @ForAll Random random,
            @ForAll @IntRange(max = 3) int changes) {
        var octets = mutated(random, changes).octets().sub(0, length);
        Verdicts.takes(octets, Target.SPT, MEMORY);
    }

    @Property(tries = 2_000)
    void anyOctetsAreRefused(@ForAll @Size(max = 300) byte[] octets) {
        assertThat(Verdicts.takes(Cstruct.of(octets), Target.SPT, MEMORY)).isFalse();
    }

    /// By the C program, one process each, so fewer.
    @Test
    @Timeout(600)
    void bothLoadersAgree() throws Exception {
        Peers.require("gcc");
        String program = SptTender.program().toString();
        Path file = dir.resolve("image");
        int taken = 0;
        int tries = FULL ? 20_000 : 600;
        for (int seed = 0; seed < tries; seed++) {
            var random = new Random(seed);
            Cstruct octets = mutated(random, 1 + random.nextInt(3)).octets();
            Files.write(file, octets.toByteArray());
            Guests.Ended ended =
                    Guests.run(List.of(program, "--mem=4", "--dry-run", file.toString()));
            boolean takes = Verdicts.takes(octets, Target.SPT, MEMORY);
            assertThat(ended.status())
                    .as("seed %d: %s", seed, ended.errors())
                    .isEqualTo(takes ? 0 : 1);
            assertThat(ended.errors().lines()).hasSize(takes ? 0 : 1);
            taken += takes ? 1 : 0;
        }
        assertThat(taken).as("some are still good").isBetween(tries / 20, tries * 19 / 20);
    }

    private static ElfFile mutated(Random random, int changes) {
        ElfFile elf = new ElfFile(Target.SPT);
        for (int i = 0; i < changes; i++) {
            int width = 1 << random.nextInt(4);
            new Change(random.nextInt(READ_OCTETS), width, value(random)).to(elf.octets());
        }
        return elf;
    }

    /// Anything, but mostly what lies near an edge.
    private static long value(Random random) {
        long near = random.nextInt(5) - 2;
        return switch (random.nextInt(6)) {
            case 0 -> random.nextLong();
            case 1 -> near;
            case 2 -> (1L << random.nextInt(64)) + near;
            case 3 -> 0x100000 + near * 0x1000;
            case 4 -> MEMORY + near;
            default -> random.nextInt(0x2200);
        };
    }
}
