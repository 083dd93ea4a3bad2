// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.tests;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.layout.BigEndian;
import io.mirage4j.cstruct.layout.Bits;
import io.mirage4j.cstruct.layout.Code;
import io.mirage4j.cstruct.layout.Codes;
import io.mirage4j.cstruct.layout.Const;
import io.mirage4j.cstruct.layout.Layout;
import io.mirage4j.cstruct.layout.Range;
import io.mirage4j.cstruct.layout.Tail;
import io.mirage4j.cstruct.layout.U16;
import io.mirage4j.cstruct.layout.U32;
import io.mirage4j.cstruct.layout.U8;

/// The IPv4 header without options (RFC 791), and what it carries.
@Layout(size = 20)
@BigEndian
public interface Ipv4Header {
    @Bits(4)
    @Const(4)
    int version();

    /// Octets of the header / 4.
    @Bits(4)
    @Range(min = 5)
    int ihl();

    @U8
    int tos();

    /// Octets of header and payload.
    @U16
    int totalLength();

    @U16
    int id();

    @Bits(1)
    @Const(0)
    void reserved();

    /// May not be fragmented.
    @Bits(1)
    boolean df();

    /** More fragments follow. */
    @Bits(1)
    boolean mf();

    @Bits(13)
    int fragmentOffset();

    @U8
    int ttl();

    @U8
    Protocol protocol();

    @U16
    int checksum();

    @U32
    int source();

    @U32
    int destination();

    @Tail(octets = "totalLength", plus = -20)
    Cstruct payload();

    /// What the payload is.
    @Codes
    sealed interface Protocol {
        /// The numbers with a name here.
        enum Known implements Protocol {
            @Code(1)
            ICMP,
            @Code(6)
            TCP,
            @Code(17)
            UDP
        }

        /// Any other number.
        record Unknown(int code) implements Protocol {}
    }
}
