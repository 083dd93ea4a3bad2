// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Section;

/// Puts sets of records behind a question. Every name of a zone ends in the zone's apex and so does
/// the name asked for, so names are compressed by pointing into the question; only owners that are
/// not there are written out. Sections come in their order. Nothing here allocates.
public final class AnswerWriter {
    static final int NO_POINTER = -1;

    private static final int POINTER = 0xc000;
    static final int MAX_OFFSET = 0x3fff;

    /// As many sets as one answer can be asked to leave out a second time.
    private static final int MOST_SETS = 96;

    private final RrsetImage[] written = new RrsetImage[MOST_SETS];
    private final int[] counts = new int[4];

    private Cstruct buf = Cstruct.empty();
    private int start;
    private int at;
    private int limit;
    private int apexOff;
    private int sets;
    private int owner;
    private int dataBase;

    /// Begins behind a question that ends at `start`; `limit` octets are the most there may be.
    public void start(Cstruct buf, int start, int limit) {
        this.buf = buf;
        this.start = start;
        this.limit = limit;
        restart();
    }

    /// Forgets all but the question.
    void restart() {
        at = start;
        sets = 0;
        for (int i = 0; i < 4; i++) counts[i] = 0;
    }

    /// Where the zone's apex stands in the question.
    void apex(int off) {
        apexOff = off;
    }

    int apex() {
        return apexOff;
    }

    public int length() {
        return at;
    }

    public int count(Section section) {
        return counts[section.index()];
    }

    /// Writes the three counts of records; one more in the additional section for each of `extra`.
    public void putCounts(int extra) {
        HeaderWire.putCount(buf, Section.ANSWER, counts[1]);
        HeaderWire.putCount(buf, Section.AUTHORITY, counts[2]);
        HeaderWire.putCount(buf, Section.ADDITIONAL, counts[3] + extra);
    }

    /// Where the owner of the set written last stands.
    int ownerOff() {
        return owner;
    }

    /// Where an octet of the image written last stands now.
    int offOf(int inImage) {
        return dataBase + inImage;
    }

    /// Whether the set is in the message already.
    boolean has(RrsetImage set) {
        for (int i = 0; i < sets; i++) if (written[i] == set) return true;
        return false;
    }

    /// Writes a set owned by the name at `ownerOff`, or where that is no pointer, by `node`. False
    /// if there is no room: nothing was written then.
    boolean put(Section section, RrsetImage set, int ownerOff, Node node) {
        byte[] octets = set.octets;
        int prefix = ownerOff < 0 || ownerOff > MAX_OFFSET ? node.relative : 0;
        int size = octets.length + prefix;
        if (size > limit - at) return false;
        int pointer = ownerOff;
        if (prefix > 0) {
            buf.put(at, node.name, 0, prefix);
            pointer = at;
            buf.putU16be(at + prefix, POINTER | apexOff);
        } else {
            if (pointer < 0 || pointer > MAX_OFFSET) {
                pointer = apexOff;
            }
            buf.putU16be(at, POINTER | pointer);
        }
        int base = at + prefix;
        buf.put(base + 2, octets, 2, octets.length - 2);
        int[] fixups = set.fixups;
        if (pointer > MAX_OFFSET && fixups.length > 0) return putFar(section, set, node);
        for (int fixup : fixups) {
            if (fixup < 0) buf.putU16be(base + ~fixup, POINTER | apexOff);
            else buf.putU16be(base + fixup, POINTER | pointer);
        }
        at = base + octets.length;
        counts[section.index()] += set.count;
        owner = pointer;
        dataBase = base;
        if (sets < MOST_SETS) {
            written[sets++] = set;
        }
        return true;
    }

    /// Takes back the set that was written last, from `length` on.
    void takeBack(int length, Section section, RrsetImage set) {
        at = length;
        counts[section.index()] -= set.count;
        if (sets > 0 && written[sets - 1] == set) {
            sets--;
        }
    }

    /// A set behind what a pointer reaches: each record's owner is written out.
    private boolean putFar(Section section, RrsetImage set, Node node) {
        byte[] octets = set.octets;
        int size = octets.length + node.relative * set.count;
        if (size > limit - at) return false;
        int from = 0;
        int to = at;
        for (int i = 0; i <= set.fixups.length; i++) {
            boolean last = i == set.fixups.length;
            if (!last && set.fixups[i] < 0) continue;
            int end = last ? octets.length : set.fixups[i];
            buf.put(to, node.name, 0, node.relative);
            to += node.relative;
            buf.putU16be(to, POINTER | apexOff);
            buf.put(to + 2, octets, from + 2, end - from - 2);
            for (int fixup : set.fixups) {
                if (fixup < 0 && ~fixup > from && ~fixup < end) {
                    buf.putU16be(to + ~fixup - from, POINTER | apexOff);
                }
            }
            to += end - from;
            from = end;
        }
        at = to;
        counts[section.index()] += set.count;
        owner = NO_POINTER;
        dataBase = MAX_OFFSET;
        if (sets < MOST_SETS) {
            written[sets++] = set;
        }
        return true;
    }

    /// Writes a record whose data is one name: the first `prefix` octets of `name`, and then the
    /// apex, or all of it where `prefix` is its length.
    boolean putName(
            Section section,
            int ownerOff,
            int type,
            int rrClass,
            int ttl,
            byte[] name,
            int prefix,
            int length) {
        boolean inZone = prefix < length;
        int data = inZone ? prefix + 2 : length;
        if (12 + data > limit - at) return false;
        buf.putU16be(at, POINTER | ownerOff);
        buf.putU16be(at + 2, type);
        buf.putU16be(at + 4, rrClass);
        buf.putU32be(at + 6, ttl);
        buf.putU16be(at + 10, data);
        dataBase = at;
        buf.put(at + 12, name, 0, inZone ? prefix : length);
        if (inZone) {
            buf.putU16be(at + 12 + prefix, POINTER | apexOff);
        }
        at += 12 + data;
        counts[section.index()]++;
        return true;
    }
}
