// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.util.Arrays;

/// Writes messages into windows of the caller's, names compressed (RFC 1035, 4.1.4). One writer is
/// used again and again, by one thread.
///
/// ```java
/// writer.start(buf, 1232);
/// writer.header(id, HeaderWire.QR | HeaderWire.AA);
/// writer.question(name, RrType.MX, RrClass.IN);
/// boolean fits = writer.records(Section.ANSWER, set);
/// int length = writer.finish();
/// ```
///
/// A writer method that returns false had no room and has left the message as it was. Sections are
/// written in their order. Nothing here allocates.
public final class MessageWriter {
    /// An OPT record without options.
    private static final int OPT_LENGTH = 11;

    private static final int MAX_OFFSET = 0x3fff;
    private static final int POINTER = 0xc000;
    private static final int SLOTS = 2048;
    private static final int MAX_ENTRIES = SLOTS / 2;
    private static final int GENERATIONS = 1 << 18;
    private static final byte[] NOBODY = {};

    /// Where names begin that were written: hash (32 bits), generation (18) and offset (14). A slot
    /// of another generation than the message's is free.
    private final long[] slots = new long[SLOTS];

    /// The slots taken in this message, in their order, to be freed when a record is taken back.
    private final int[] taken = new int[MAX_ENTRIES];

    private final int[] counts = new int[4];
    private final byte[] name = new byte[DnsName.MAX_OCTETS];

    /// The owner that was written last, as the array itself, and where it stands: the records of a
    /// set share it, and so do a question and its answers.
    private byte[] owner = NOBODY;

    private int ownerOff;

    private Cstruct buf = Cstruct.empty();
    private int generation;
    private int entries;
    private int limit;
    private int reserved;
    private boolean keepsCase;
    private int at;

    /// Begins a message of `limit` octets at most. The window belongs to the writer until
    /// [#finish].
    ///
    /// @throws IllegalArgumentException if that is no room for a header, or more than there is
    public void start(Cstruct buf, int limit) {
        if (limit < HeaderWire.LENGTH || limit > buf.length()) {
            throw new IllegalArgumentException("limit " + limit + ", not 12 to " + buf.length());
        }
        this.buf = buf;
        this.limit = Math.min(limit, 0xffff);
        reserved = 0;
        at = HeaderWire.LENGTH;
        entries = 0;
        owner = NOBODY;
        Arrays.fill(counts, 0);
        if (++generation == GENERATIONS) {
            Arrays.fill(slots, 0);
            generation = 1;
        }
        header(0, 0);
    }

    /// Keeps `octets` back for what must still fit at the end: OPT, TSIG. The room is used by
    /// setting this to 0 again.
    public void reserve(int octets) {
        reserved = octets;
    }

    /// From here on a name is compressed only by one in the same case, so that each comes out of
    /// the message as it went in (RFC 5936, 3.4).
    public void keepCase() {
        owner = NOBODY;
        keepsCase = true;
    }

    /// How many octets OPT needs, with `options` octets of options.
    public static int optLength(int options) {
        return OPT_LENGTH + options;
    }

    public void header(int id, int flags) {
        HeaderWire.putId(buf, id);
        HeaderWire.putFlags(buf, flags);
    }

    /// How long the message is so far.
    public int length() {
        return at;
    }

    /// How many octets are left, those kept back not counted.
    public int room() {
        return limit - reserved - at;
    }

    public int count(Section section) {
        return counts[section.index()];
    }

    public boolean question(DnsName name, int type, int rrClass) {
        return question(name.octets(), name.hashCode(), type, rrClass);
    }

    /// Asks what `query` asks, in the same case (so that what was hidden in it comes back).
    public boolean question(MessageView query) {
        if (!query.hasQuestion()) return true;
        int length = NameWire.copy(query.message(), query.questionOff(), name, 0);
        if (length <= 0) return false;
        int hash = NameHash.of(name, 0);
        boolean fits = question(name, hash, query.questionType(), query.questionClass());
        owner = NOBODY; // the next one stands in the same array
        return fits;
    }

    private boolean question(byte[] name, int hash, int type, int rrClass) {
        int before = entries;
        int off = putOwner(name, hash);
        if (off < 0 || off + 4 > limit - reserved) return takeBack(before);
        buf.putU16be(off, type);
        buf.putU16be(off + 2, rrClass);
        at = off + 4;
        counts[0]++;
        return true;
    }

    public boolean record(Section section, ResourceRecord record) {
        return record(section, record.name(), record.rrClass(), record.ttl(), record.data());
    }

    public boolean record(Section section, DnsName name, int rrClass, int ttl, Rdata data) {
        int before = entries;
        int off = putOwner(name.octets(), name.hashCode());
        int rdata = off + 10;
        if (off < 0 || rdata > limit - reserved) return takeBack(before);
        byte[] octets = data.octets();
        RdataForm form = RdataForm.of(data.type());
        int end =
                form == null || !form.isCompressible() || octets.length == 0
                        ? put(octets, 0, octets.length, rdata)
                        : form.write(octets, this, rdata);
        if (end < 0) return takeBack(before);
        buf.putU16be(off, data.type());
        buf.putU16be(off + 2, rrClass);
        buf.putU32be(off + 4, ttl);
        buf.putU16be(off + 8, end - rdata);
        at = end;
        counts[section.index()]++;
        return true;
    }

    /// A record whose data is `len` octets of `source`, taken as they are.
    public boolean record(
            Section section,
            DnsName name,
            int type,
            int rrClass,
            int ttl,
            ReadOnlyCstruct source,
            int off,
            int len) {
        int before = entries;
        int to = putOwner(name.octets(), name.hashCode());
        if (to < 0 || to + 10 > limit - reserved - len) return takeBack(before);
        buf.putU16be(to, type);
        buf.putU16be(to + 2, rrClass);
        buf.putU32be(to + 4, ttl);
        buf.putU16be(to + 8, len);
        source.copyTo(off, buf, to + 10, len);
        at = to + 10 + len;
        counts[section.index()]++;
        return true;
    }

    /// All records of a set, or none of them.
    public boolean records(Section section, RrSet set) {
        int before = entries;
        int start = at;
        int count = counts[section.index()];
        for (int i = 0; i < set.data().size(); i++) {
            if (!record(section, set.name(), set.rrClass(), set.ttl(), set.data().get(i))) {
                at = start;
                counts[section.index()] = count;
                return takeBack(before);
            }
        }
        return true;
    }

    /// An OPT record (RFC 6891, 6.1.2) without options; [#option] appends them.
    ///
    /// @param flags the sixteen bits behind the version, DO the first of them
    public boolean opt(int udpPayload, int extendedRcode, int version, int flags) {
        if (OPT_LENGTH > room()) return false;
        buf.putU8(at, 0);
        buf.putU16be(at + 1, RrType.OPT);
        buf.putU16be(at + 3, udpPayload);
        buf.putU8(at + 5, extendedRcode);
        buf.putU8(at + 6, version);
        buf.putU16be(at + 7, flags);
        buf.putU16be(at + 9, 0);
        at += OPT_LENGTH;
        counts[Section.ADDITIONAL.index()]++;
        return true;
    }

    /// Appends an option to the OPT record that was written last.
    public boolean option(int opt, int code, ReadOnlyCstruct source, int off, int len) {
        if (4 + len > room()) return false;
        buf.putU16be(at, code);
        buf.putU16be(at + 2, len);
        source.copyTo(off, buf, at + 4, len);
        at += 4 + len;
        buf.putU16be(opt + 9, at - opt - OPT_LENGTH);
        return true;
    }

    /// An OPT record with its options.
    public boolean edns(Edns edns) {
        int start = at;
        if (!opt(edns.udpPayload(), edns.extendedRcode(), edns.version(), edns.flags())) {
            return false;
        }
        for (EdnsOption option : edns.options()) {
            byte[] data = option.data();
            if (!option(start, option.code(), Cstruct.of(data), 0, data.length)) {
                at = start;
                counts[Section.ADDITIONAL.index()]--;
                return false;
            }
        }
        return true;
    }

    /// Takes back all but the first `length` octets and the entries of `section`: what was written
    /// since is forgotten, as a truncated answer does. Later sections must be empty.
    public void cut(int length, Section section, int count) {
        at = length;
        owner = NOBODY;
        counts[section.index()] = count;
        while (entries > 0 && (slots[taken[entries - 1]] & MAX_OFFSET) >= length) free();
    }

    /// Completes the header and tells the length of the message.
    public int finish() {
        for (int i = 0; i < 4; i++) buf.putU16be(4 + 2 * i, counts[i]);
        return at;
    }

    @SuppressWarnings("ReferenceEquality") // the same array: to compare octets is what costs
    private int putOwner(byte[] octets, int hash) {
        if (octets == owner) {
            if (at + 2 > limit - reserved) return -1;
            buf.putU16be(at, POINTER | ownerOff);
            return at + 2;
        }
        int end = putName(octets, 0, hash, at);
        // No name has two octets: those are a pointer.
        ownerOff = end == at + 2 ? buf.u16be(at) & MAX_OFFSET : at;
        owner = end > at + 1 && ownerOff <= MAX_OFFSET ? octets : NOBODY;
        return end;
    }

    /// Writes the name at `from` of `octets`, compressed, and tells where it ends, or -1.
    int putName(byte[] octets, int from, int to) {
        return putName(octets, from, NameHash.of(octets, from), to);
    }

    private int putName(byte[] octets, int from, int hash, int to) {
        int end = limit - reserved;
        int front = 0;
        int power = 1;
        int inverse = 1;
        int off = to;
        int label;
        for (int in = from; (label = octets[in]) != 0; in += label + 1) {
            int suffix = (hash - front) * inverse;
            int pointer = find(suffix, octets, in, to);
            if (pointer >= 0) {
                if (off + 2 > end) return -1;
                buf.putU16be(off, POINTER | pointer);
                return off + 2;
            }
            if (off + label + 2 > end) return -1;
            buf.put(off, octets, in, label + 1);
            if (off <= MAX_OFFSET && entries < MAX_ENTRIES) {
                remember(suffix, off);
            }
            for (int i = 0; i <= label; i++) {
                front += DnsName.fold(octets[in + i] & 0xff) * power;
                power *= NameHash.B;
                inverse *= NameHash.INVERSE;
            }
            off += label + 1;
        }
        if (off + 1 > end) return -1;
        buf.putU8(off, 0);
        return off + 1;
    }

    /// Writes octets as they are and tells where they end, or -1.
    int put(byte[] octets, int from, int to, int off) {
        if (to - from > limit - reserved - off) return -1;
        buf.put(off, octets, from, to - from);
        return off + to - from;
    }

    /// Where in front of `end` the rest of a name stands already, or -1.
    private int find(int hash, byte[] octets, int in, int end) {
        for (int slot = slot(hash); ; slot = slot + 1 & SLOTS - 1) {
            long entry = slots[slot];
            if (((int) entry >>> 14) != generation) return -1;
            int off = (int) entry & MAX_OFFSET;
            if ((int) (entry >>> 32) == hash
                    && off < end
                    && NameWire.equals(buf, off, octets, in)
                    && (!keepsCase || NameWire.isSpelt(buf, off, octets, in))) {
                return off;
            }
        }
    }

    private void remember(int hash, int off) {
        int slot = slot(hash);
        while ((int) slots[slot] >>> 14 == generation) slot = slot + 1 & SLOTS - 1;
        slots[slot] = (long) hash << 32 | (long) generation << 14 | off;
        taken[entries++] = slot;
    }

    private boolean takeBack(int before) {
        owner = NOBODY;
        while (entries > before) free();
        return false;
    }

    /// Frees the slot taken last. Nobody's search leads over it to a slot taken earlier.
    private void free() {
        slots[taken[--entries]] = 0;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 15) & SLOTS - 1;
    }
}
