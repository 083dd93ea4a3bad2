// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import io.mirage4j.cstruct.layout.BigEndian;
import io.mirage4j.cstruct.layout.F32;
import io.mirage4j.cstruct.layout.F64;
import io.mirage4j.cstruct.layout.Layout;
import io.mirage4j.cstruct.layout.LittleEndian;
import io.mirage4j.cstruct.layout.S16;
import io.mirage4j.cstruct.layout.S24;
import io.mirage4j.cstruct.layout.S32;
import io.mirage4j.cstruct.layout.S40;
import io.mirage4j.cstruct.layout.S48;
import io.mirage4j.cstruct.layout.S64;
import io.mirage4j.cstruct.layout.S8;
import io.mirage4j.cstruct.layout.U16;
import io.mirage4j.cstruct.layout.U24;
import io.mirage4j.cstruct.layout.U32;
import io.mirage4j.cstruct.layout.U40;
import io.mirage4j.cstruct.layout.U48;
import io.mirage4j.cstruct.layout.U64;
import io.mirage4j.cstruct.layout.U8;

/// Numbers of every width, in either order.
interface Numbers {
    @Layout(size = 70)
    @BigEndian
    interface Big {
        @U8
        int u8();

        @S8
        int s8();

        @U16
        int u16();

        @S16
        int s16();

        @U24
        int u24();

        @S24
        int s24();

        @U32
        int u32();

        @S32
        int s32();

        @U40
        long u40();

        @S40
        long s40();

        @U48
        long u48();

        @S48
        long s48();

        @U64
        long u64();

        @S64
        long s64();

        @F32
        float f32();

        @F64
        double f64();
    }

    @Layout(size = 70)
    @LittleEndian
    interface Little {
        @U8
        int u8();

        @S8
        int s8();

        @U16
        int u16();

        @S16
        int s16();

        @U24
        int u24();

        @S24
        int s24();

        @U32
        int u32();

        @S32
        int s32();

        @U40
        long u40();

        @S40
        long s40();

        @U48
        long u48();

        @S48
        long s48();

        @U64
        long u64();

        @S64
        long s64();

        @F32
        float f32();

        @F64
        double f64();
    }

    /// Fields that depart from their layout.
    @Layout(size = 20)
    @BigEndian
    interface Mixed {
        @U16
        int big();

        @U16
        @LittleEndian
        int little();

        @U64
        @LittleEndian
        long littleLong();

        @F64
        double bigDouble();
    }
}
