// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import io.mirage4j.cstruct.layout.Atomic;
import io.mirage4j.cstruct.layout.CAligned;
import io.mirage4j.cstruct.layout.Count;
import io.mirage4j.cstruct.layout.Layout;
import io.mirage4j.cstruct.layout.LittleEndian;
import io.mirage4j.cstruct.layout.Octets;
import io.mirage4j.cstruct.layout.Range;
import io.mirage4j.cstruct.layout.S16;
import io.mirage4j.cstruct.layout.Tail;
import io.mirage4j.cstruct.layout.U16;
import io.mirage4j.cstruct.layout.U32;
import io.mirage4j.cstruct.layout.U64;
import io.mirage4j.cstruct.layout.U8;
import io.mirage4j.cstruct.layout.Union;

/// The block device of Xen: what stands in its ring, for both ABIs.
interface Blkif {
    int MAX_SEGMENTS = 11;

    @Layout(size = 8)
    @LittleEndian
    @CAligned
    interface Segment {
        @U32
        int gref();

        @U8
        @Range(max = 7)
        int firstSect();

        @U8
        @Range(max = 7)
        int lastSect();
    }

    @Layout(size = 112)
    @LittleEndian
    @CAligned
    interface Request {
        @U8
        int operation();

        @U8
        @Range(max = MAX_SEGMENTS)
        int nrSegments();

        @U16
        int handle();

        @U64
        long id();

        @U64
        long sectorNumber();

        @Count(MAX_SEGMENTS)
        Segment[] seg();
    }

    /// As a 32-bit guest writes it.
    @Layout(size = 108)
    @LittleEndian
    @CAligned(4)
    interface Request32 {
        @U8
        int operation();

        @U8
        int nrSegments();

        @U16
        int handle();

        @U64
        long id();

        @U64
        long sectorNumber();

        @Count(MAX_SEGMENTS)
        Segment[] seg();
    }

    @Layout(size = 16)
    @LittleEndian
    @CAligned
    interface Response {
        @U64
        long id();

        @U8
        int operation();

        @S16
        int status();
    }

    @Layout(size = 12)
    @LittleEndian
    @CAligned(4)
    interface Response32 {
        @U64
        long id();

        @U8
        int operation();

        @S16
        int status();
    }

    @Layout(size = 112)
    @Union
    interface Slot {
        Request request();

        Response response();
    }

    @Layout(size = 64)
    interface Ring {
        @Atomic
        @LittleEndian
        @U32
        int reqProd();

        @Atomic
        @LittleEndian
        @U32
        int reqEvent();

        @Atomic
        @LittleEndian
        @U32
        int rspProd();

        @Atomic
        @LittleEndian
        @U32
        int rspEvent();

        @Octets(48)
        void pad();

        @Tail
        Slot[] ring();
    }
}
