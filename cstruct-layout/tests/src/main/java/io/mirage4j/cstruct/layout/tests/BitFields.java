// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import io.mirage4j.cstruct.layout.BigEndian;
import io.mirage4j.cstruct.layout.BitGroup;
import io.mirage4j.cstruct.layout.Bits;
import io.mirage4j.cstruct.layout.Code;
import io.mirage4j.cstruct.layout.Codes;
import io.mirage4j.cstruct.layout.Layout;
import io.mirage4j.cstruct.layout.LittleEndian;
import io.mirage4j.cstruct.layout.U8;

/// Bit fields in every order.
interface BitFields {
    /// The order of network headers.
    @Layout(size = 17)
    @BigEndian
    interface Big {
        @Bits(4)
        int a();

        @Bits(8)
        int b();

        @Bits(20)
        int c();

        @Bits(3)
        int d();

        @Bits(50)
        long e();

        @Bits(value = 11, signed = true)
        int f();

        @Bits(1)
        boolean g();

        @Bits(32)
        int h();

        @Bits(value = 7, signed = true)
        int i();
    }

    /// The order of device registers.
    @Layout(size = 17)
    @LittleEndian
    interface Little {
        @Bits(4)
        int a();

        @Bits(8)
        int b();

        @Bits(20)
        int c();

        @Bits(3)
        int d();

        @Bits(50)
        long e();

        @Bits(value = 11, signed = true)
        int f();

        @Bits(1)
        boolean g();

        @Bits(32)
        int h();

        @Bits(value = 7, signed = true)
        int i();
    }

    /// Groups whose bits are given out from the other end.
    @Layout(size = 13)
    @BigEndian
    interface Crossed {
        @BitGroup(octets = 4, first = BitGroup.First.LOWEST)
        @Bits(5)
        int a();

        @Bits(9)
        int b();

        @Bits(18)
        int c();

        @BitGroup(octets = 7, first = BitGroup.First.HIGHEST)
        @Bits(3)
        @LittleEndian
        int d();

        @Bits(53)
        @LittleEndian
        long e();

        @BitGroup(octets = 2, first = BitGroup.First.HIGHEST)
        @Bits(12)
        @LittleEndian
        int f();

        @Bits(4)
        @LittleEndian
        Kind kind();
    }

    @Layout(size = 17)
    @LittleEndian
    interface Wide {
        @U8
        int before();

        @Bits(64)
        long all();

        @Bits(value = 1, signed = true)
        int sign();

        @Bits(63)
        long rest();
    }

    @Codes
    sealed interface Kind {
        enum Known implements Kind {
            @Code(0)
            NONE,
            @Code(9)
            NINE
        }

        record Unknown(int code) implements Kind {}
    }
}
