// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Bit fields that follow each other until they fill whole octets, which then make one number.
///
/// ```
///  @BigEndian                      @LittleEndian
///  a: 3 bits, b: 13 bits           a: 3 bits, b: 13 bits
///  |aaabbbbb|bbbbbbbb|             |bbbbbaaa|bbbbbbbb|
/// ```
///
/// A run without a [BitGroup] ends with the first octet that it fills: in the natural order of the
/// bits, that gives each field the same place as any longer group would.
final class BitRun {
    private final Field first;
    private final Optional<BitGroup> group;
    private final List<Field> fields = new ArrayList<>();
    private int bits;

    BitRun(Field first) {
        this.first = first;
        this.group = first.group();
    }

    void add(Field field) throws Fault {
        if (!fields.isEmpty()) {
            if (field.group().isPresent()) {
                throw field.fault(
                        "@BitGroup begins a group, but "
                                + room()
                                + " bits of the one before are not declared: "
                                + fillUp());
            }
            if (field.order() != first.order()) {
                throw field.fault(
                        "it shares octets with "
                                + first.name()
                                + ", which is "
                                + first.order().words
                                + ": give both the same byte order");
            }
            if (field.at().isPresent() || field.align() > 1) {
                throw field.fault(
                        "it begins inside an octet that "
                                + first.name()
                                + " begins: move @At or @Align there");
            }
        }
        bits += ((Shape.BitField) field.shape()).width();
        fields.add(field);
        int most = group.map(g -> g.octets() * 8).orElse(64);
        if (bits > most) {
            throw field.fault(
                    group.isPresent()
                            ? "it crosses the end of its group: "
                                    + bits
                                    + " bits of "
                                    + most
                                    + " with it; make it narrower or the group larger"
                            : "the bits from "
                                    + first.name()
                                    + " on make "
                                    + bits
                                    + " and no whole octets: a group has at most 64");
        }
    }

    boolean isFull() {
        return group.map(g -> bits == g.octets() * 8).orElse(bits % 8 == 0);
    }

    /// What follows is no bit field, or nothing, and the octets are not filled.
    Fault unfilled() {
        return fields.getLast()
                .fault(
                        "the bits from "
                                + first.name()
                                + " to here make "
                                + bits
                                + " of "
                                + (bits + room())
                                + ": "
                                + fillUp());
    }

    private int room() {
        return group.map(g -> g.octets() * 8 - bits).orElse(Math.floorMod(-bits, 8));
    }

    private String fillUp() {
        return "add `@Bits(" + room() + ") void reserved();`";
    }

    int octets() {
        return bits / 8;
    }

    /// What a C compiler aligns the group to.
    int alignment() {
        return group.map(g -> Integer.bitCount(g.octets()) == 1 ? g.octets() : 1).orElse(1);
    }

    /// The places of the fields in a group that begins at `offset`. Each gets the fewest octets
    /// that hold all its bits, so that a writer touches no others.
    List<Layout.Placed> placed(int offset) {
        List<Layout.Placed> placed = new ArrayList<>();
        boolean lowestFirst =
                group.map(BitGroup::lowestFirst).orElse(first.order() == Order.LITTLE);
        int before = 0;
        for (Field field : fields) {
            int width = ((Shape.BitField) field.shape()).width();
            int low = lowestFirst ? before : bits - before - width;
            before += width;
            int lowOctet = low / 8;
            int highOctet = (low + width - 1) / 8;
            int at = first.order() == Order.LITTLE ? lowOctet : octets() - 1 - highOctet;
            placed.add(
                    new Layout.Placed(
                            field,
                            new Place(offset + at, highOctet - lowOctet + 1, low - lowOctet * 8)));
        }
        return placed;
    }
}
