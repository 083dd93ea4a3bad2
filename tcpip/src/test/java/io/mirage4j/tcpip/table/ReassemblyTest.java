// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.tcpip.wire.Verdict;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class ReassemblyTest {
    private static final long TIMEOUT = 30;

    private final List<Cstruct> expired = new ArrayList<>();
    private final Reassembly reassembly =
            new Reassembly(
                    1 << 20, 1 << 19, TIMEOUT, (_, _, _, _, _, _, first, _) -> expired.add(first));

    private record Piece(int from, int to, boolean more) {}

    @Property(tries = 300)
    void piecesInAnyOrderWithCopiesMakeTheDatagram(
            @ForAll @IntRange(min = 1, max = 65_535) int length, @ForAll long seed) {
        var random = new Random(seed);
        Cstruct datagram = octets(length, random);
        List<Piece> pieces = cut(length, random);
        List<Piece> shuffled = new ArrayList<>(pieces);
        Collections.shuffle(shuffled, random);
        Piece last = shuffled.removeLast();
        for (Piece piece : shuffled) {
            assertThat(add(1, datagram, piece)).isEqualTo(Verdict.OK);
            assertThat(reassembly.takeWhole()).isNull();
            if (random.nextInt(4) == 0) {
                assertThat(add(1, datagram, piece)).isEqualTo(Verdict.FRAGMENT_DUPLICATE);
            }
        }
        assertThat(add(1, datagram, last)).isEqualTo(Verdict.OK);
        assertThat(reassembly.takeWhole()).isEqualTo(datagram);
        assertThat(reassembly.cost()).isZero();
    }

    /// At most 128 pieces, at multiples of eight.
    private static List<Piece> cut(int length, Random random) {
        List<Piece> pieces = new ArrayList<>();
        int least = Math.max(1, length / 100 / 8);
        for (int at = 0; at < length; ) {
            int to = Math.min(length, at + 8 * (least + random.nextInt(least + 8)));
            pieces.add(new Piece(at, to, to < length));
            at = to;
        }
        return pieces;
    }

    /// RFC 5722, 3.
    @Test
    void anOverlapCondemnsTheDatagramAndWhatComesLater() {
        Cstruct datagram = octets(64, new Random(1));
        add(1, datagram, new Piece(0, 16, true));
        assertThat(add(1, datagram, new Piece(8, 24, true))).isEqualTo(Verdict.FRAGMENT_OVERLAPS);
        assertThat(add(1, datagram, new Piece(16, 64, false))).isEqualTo(Verdict.FRAGMENT_OVERLAPS);
        assertThat(reassembly.takeWhole()).isNull();
        assertThat(add(2, datagram, new Piece(0, 64, false))).isEqualTo(Verdict.OK);
        reassembly.advance(TIMEOUT);
        assertThat(reassembly.cost()).isZero();
        assertThat(expired).isEmpty();
    }

    @Test
    void aCopyWithOtherOctetsIsAnOverlap() {
        add(1, octets(16, new Random(1)), new Piece(0, 16, true));
        assertThat(add(1, octets(16, new Random(2)), new Piece(0, 16, true)))
                .isEqualTo(Verdict.FRAGMENT_OVERLAPS);
    }

    @Test
    void twoEndsAreAnOverlap() {
        Cstruct datagram = octets(64, new Random(1));
        add(1, datagram, new Piece(24, 32, false));
        assertThat(add(1, datagram, new Piece(40, 48, false))).isEqualTo(Verdict.FRAGMENT_OVERLAPS);
        add(2, datagram, new Piece(40, 48, true));
        assertThat(add(2, datagram, new Piece(24, 32, false))).isEqualTo(Verdict.FRAGMENT_OVERLAPS);
    }

    @Test
    void piecesOfOtherLengthsOrBeyondTheEndAreRefused() {
        Cstruct datagram = octets(70_000, new Random(1));
        assertThat(add(1, datagram, new Piece(0, 12, true))).isEqualTo(Verdict.FRAGMENT_BAD_LENGTH);
        assertThat(add(1, datagram, new Piece(8, 8, false))).isEqualTo(Verdict.FRAGMENT_BAD_LENGTH);
        assertThat(add(1, datagram, new Piece(65_528, 65_536, false)))
                .isEqualTo(Verdict.FRAGMENT_TOO_LONG);
        assertThat(reassembly.size()).isZero();
    }

    @Test
    void whatIsNotWholeInTimeIsForgottenAndItsFirstPieceShown() {
        Cstruct datagram = octets(64, new Random(1));
        add(1, datagram, new Piece(0, 16, true));
        add(2, datagram, new Piece(16, 32, true));
        assertThat(reassembly.nextDeadline()).isEqualTo(TIMEOUT);
        assertThat(reassembly.advance(TIMEOUT - 1)).isZero();
        assertThat(reassembly.advance(TIMEOUT)).isEqualTo(2);
        assertThat(expired).containsExactly(datagram.sub(0, 16));
        assertThat(reassembly.nextDeadline()).isEqualTo(Engine.NEVER);
        assertThat(reassembly.cost()).isZero();
    }

    @Test
    void oneSourceGetsHalfAndManySourcesNoMoreThanAll() {
        Cstruct datagram = octets(1480, new Random(1));
        for (int id = 0; id < 5_000; id++) {
            add(id, datagram, new Piece(0, 1480, true));
        }
        assertThat(reassembly.cost()).isLessThanOrEqualTo(1 << 19);
        for (int source = 0; source < 5_000; source++) {
            reassembly.add(0, 100 + source, 0, 2, 1, 17, datagram, 0, 1480, 0, true, 0);
            assertThat(reassembly.cost()).isLessThanOrEqualTo(1 << 20);
        }
        reassembly.advance(TIMEOUT);
        assertThat(reassembly.cost()).isZero();
        assertThat(reassembly.size()).isZero();
    }

    /// Who sends in time gets through though others fill the memory.
    @Test
    void aFloodOfHolesLeavesRoomForADatagramThatComesWhole() {
        Cstruct datagram = octets(2960, new Random(1));
        for (int source = 0; source < 5_000; source++) {
            reassembly.add(0, source, 0, 2, 1, 17, datagram, 0, 1480, 8, true, 0);
        }
        reassembly.add(0, 77_777, 0, 2, 1, 17, datagram, 0, 1480, 0, true, 0);
        reassembly.add(0, 77_777, 0, 2, 1, 17, datagram, 1480, 1480, 1480, false, 0);
        assertThat(reassembly.takeWhole()).isEqualTo(datagram);
    }

    @Test
    void manyTinyPiecesOfOneDatagramAreTooMany() {
        Cstruct datagram = octets(8, new Random(1));
        Verdict verdict = Verdict.OK;
        int count = 0;
        while (verdict == Verdict.OK) {
            verdict = reassembly.add(0, 1, 0, 2, 1, 17, datagram, 0, 8, 16 * count++, true, 0);
        }
        assertThat(verdict).isEqualTo(Verdict.FRAGMENT_TOO_MANY);
        assertThat(count).isEqualTo(129);
        assertThat(reassembly.cost()).isLessThan(1000);
    }

    private Verdict add(int id, Cstruct datagram, Piece piece) {
        return reassembly.add(
                0,
                1,
                0,
                2,
                id,
                17,
                datagram,
                Math.min(piece.from, datagram.length()),
                piece.to - piece.from,
                piece.from,
                piece.more,
                0);
    }

    private static Cstruct octets(int length, Random random) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Cstruct.of(octets);
    }
}
