// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.layout.Align;
import io.mirage4j.cstruct.layout.At;
import io.mirage4j.cstruct.layout.Atomic;
import io.mirage4j.cstruct.layout.BigEndian;
import io.mirage4j.cstruct.layout.CAligned;
import io.mirage4j.cstruct.layout.Code;
import io.mirage4j.cstruct.layout.Codes;
import io.mirage4j.cstruct.layout.Const;
import io.mirage4j.cstruct.layout.Count;
import io.mirage4j.cstruct.layout.F32;
import io.mirage4j.cstruct.layout.Layout;
import io.mirage4j.cstruct.layout.LittleEndian;
import io.mirage4j.cstruct.layout.Octets;
import io.mirage4j.cstruct.layout.Range;
import io.mirage4j.cstruct.layout.S16;
import io.mirage4j.cstruct.layout.S32;
import io.mirage4j.cstruct.layout.S64;
import io.mirage4j.cstruct.layout.Tail;
import io.mirage4j.cstruct.layout.U16;
import io.mirage4j.cstruct.layout.U24;
import io.mirage4j.cstruct.layout.U32;
import io.mirage4j.cstruct.layout.U40;
import io.mirage4j.cstruct.layout.U64;
import io.mirage4j.cstruct.layout.U8;
import io.mirage4j.cstruct.layout.Union;

/// Arrays, windows, tails, unions, places, and what is checked.
interface Forms {
    @Layout(size = 4)
    @BigEndian
    interface Point {
        @U8
        @Range(max = 100)
        int x();

        @U24
        int y();
    }

    @Layout(size = 58)
    @LittleEndian
    interface Arrays {
        @U16
        @Count(3)
        int[] words();

        @F32
        @Count(2)
        float[] floats();

        @U40
        @Count(2)
        long[] longs();

        @Octets(6)
        Cstruct mac();

        @Octets(5)
        @Count(2)
        Cstruct[] names();

        @Count(3)
        Point[] points();

        @U8
        @Count(6)
        void reserved();
    }

    @Layout
    @BigEndian
    interface Places {
        @U8
        int first();

        @U32
        @At(6)
        int second();

        @U8
        int third();

        @U16
        @Align(8)
        int fourth();
    }

    @Layout(size = 24)
    @LittleEndian
    @CAligned
    @Align(8)
    interface Aligned {
        @U8
        int a();

        @U24
        int b();

        @U16
        int c();

        @U64
        long d();

        @U8
        int e();
    }

    @Layout(size = 8)
    @BigEndian
    @Union
    interface Either {
        @U64
        long whole();

        @U16
        @Count(4)
        int[] parts();

        Point point();

        @U8
        int first();
    }

    /// A tail of layouts, counted by a wide field.
    @Layout(size = 6)
    @BigEndian
    interface Polygon {
        @U16
        @Const(0xbeef)
        int magic();

        @U32
        int count();

        @Tail(count = "count", times = 2, plus = -3)
        Point[] points();
    }

    /// A tail of octets, told by some bits of another unit.
    @Layout(size = 1)
    @BigEndian
    interface Options {
        @U8
        int words();

        @Tail(octets = "words", times = 4, plus = -1)
        Cstruct options();
    }

    /// A tail of numbers, told in octets by a signed field.
    @Layout(size = 2)
    @BigEndian
    interface Numbered {
        @S16
        int octets();

        @Tail(octets = "octets")
        @U32
        int[] numbers();
    }

    /// A tail without an end.
    @Layout(size = 1)
    @BigEndian
    interface Open {
        @U8
        int first();

        @Tail
        Cstruct rest();
    }

    @Layout(size = 45)
    @BigEndian
    interface Checked {
        @U32
        @Const(0xfeedfaceL)
        int magic();

        @S32
        @Const(-2)
        int minusTwo();

        @U64
        @Const(0x8000_0000_0000_0001L)
        long big();

        @U32
        @Range(min = 0x8000_0000L)
        int upperHalf();

        @U64
        @Range(min = 5, max = 10)
        long small();

        @S64
        @Range(min = -1, max = 1)
        long trit();

        /// Named like an argument of the methods.
        @U8
        @Range(min = 1)
        int off();

        Point point();

        @Count(1)
        Point[] points();
    }

    @Layout(size = 24)
    @LittleEndian
    interface Shared {
        @Atomic
        @U32
        int index();

        @Atomic
        @S32
        int level();

        @Atomic
        @U64
        @Count(2)
        long[] pending();
    }

    @Layout(size = 8)
    @BigEndian
    interface Named {
        @U64
        Wide wide();
    }

    @Codes
    sealed interface Wide {
        enum Known implements Wide {
            @Code(-1)
            ALL,
            @Code(0x1_0000_0000L)
            BEYOND
        }

        record Unknown(long number) implements Wide {}
    }
}
