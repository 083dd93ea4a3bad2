// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

/// The flexible ring of `xen/io/ring.h` (9pfs, pvcalls), seen from one side: a page of indexes, and
/// `2^order` pages of data whose first half is `in` (to the front) and whose second is `out`.
///
/// ```
///    0  u32  in_cons        4  u32  in_prod      8  s32  in_error
///   64  u32  out_cons      68  u32  out_prod    72  s32  out_error
///  128  u32  ring_order
///  132  u32  ref[2^order]
/// ```
///
/// The error fields exist in pvcalls only, and are padding in 9pfs. Whoever moves an index signals
/// the other afterwards.
public final class FlexRing {
    /// The largest order whose data is one window: 2^18 pages, a gigabyte.
    public static final int MAX_ORDER = 18;

    private static final int PAGE_SHIFT = 12;
    private static final int IN_CONS = 0;
    private static final int IN_PROD = 4;
    private static final int IN_ERROR = 8;
    private static final int OUT_CONS = 64;
    private static final int OUT_PROD = 68;
    private static final int OUT_ERROR = 72;
    private static final int RING_ORDER = 128;
    private static final int REF = 132;

    private final Cstruct page;
    private final OctetReader reader;
    private final OctetWriter writer;

    private FlexRing(Cstruct page, OctetReader reader, OctetWriter writer) {
        this.page = page;
        this.reader = reader;
        this.writer = writer;
    }

    /// How many octets the data of a ring of `order` has, both halves together.
    public static int dataOctets(int order) {
        if (order < 0 || order > MAX_ORDER) {
            throw new IllegalArgumentException("ring order " + order + ", not 0 to " + MAX_ORDER);
        }
        return 1 << (order + PAGE_SHIFT);
    }

    /// The front's side: reads `in`, writes `out`. `data` is the whole data, in and out.
    public static FlexRing front(Cstruct page, Cstruct data) {
        return new FlexRing(
                page,
                new OctetReader(in(data), page, IN_PROD, IN_CONS, "in_prod"),
                new OctetWriter(out(data), page, OUT_PROD, OUT_CONS, "out_cons"));
    }

    /// The back's side: reads `out`, writes `in`.
    public static FlexRing back(Cstruct page, Cstruct data) {
        return new FlexRing(
                page,
                new OctetReader(out(data), page, OUT_PROD, OUT_CONS, "out_prod"),
                new OctetWriter(in(data), page, IN_PROD, IN_CONS, "in_cons"));
    }

    /// The order that stands in a page of indexes: the front's word, so judge it before use.
    public static int order(Cstruct page) {
        return page.u32le(RING_ORDER);
    }

    /// The grant reference of data page `index`.
    public static int ref(Cstruct page, int index) {
        return page.u32le(refOff(index));
    }

    /// What a front writes before it shows the page: an empty ring of `order`. The refs are put by
    /// [#putRef].
    public static void init(Cstruct page, int order) {
        dataOctets(order);
        page.fill(0, REF, 0);
        page.putU32le(RING_ORDER, order);
    }

    public static void putRef(Cstruct page, int index, int ref) {
        page.putU32le(refOff(index), ref);
    }

    public OctetReader reader() {
        return reader;
    }

    public OctetWriter writer() {
        return writer;
    }

    /// pvcalls: why no more octets will come in, a negative errno, or 0.
    public int inError() {
        return page.getIntAcquire(IN_ERROR);
    }

    /// pvcalls: why no more octets will go out, a negative errno, or 0.
    public int outError() {
        return page.getIntAcquire(OUT_ERROR);
    }

    public void inError(int errno) {
        page.putIntRelease(IN_ERROR, errno);
    }

    public void outError(int errno) {
        page.putIntRelease(OUT_ERROR, errno);
    }

    private static int refOff(int index) {
        if (index < 0 || index > (Integer.MAX_VALUE - REF) / 4) {
            throw new IndexOutOfBoundsException("ref " + index);
        }
        return REF + 4 * index;
    }

    private static Cstruct in(Cstruct data) {
        return data.sub(0, data.length() / 2);
    }

    private static Cstruct out(Cstruct data) {
        int half = data.length() / 2;
        return data.sub(half, data.length() - half);
    }
}
