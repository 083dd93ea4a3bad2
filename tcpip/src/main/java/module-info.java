// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// A TCP/IP stack without I/O: frames, time and randomness come in, frames go out.
/// [io.mirage4j.tcpip] ties all of it to one link, [io.mirage4j.tcpip.tcp] is TCP alone, above any
/// IP; [io.mirage4j.tcpip.wire] reads and writes packets without any state. On top of the core,
/// [io.mirage4j.tcpip.socket] has calls that block, and [io.mirage4j.tcpip.unikernel] gives them to
/// programs that declare themselves.
@NullMarked
module io.mirage4j.tcpip {
    requires transitive io.mirage4j.cstruct;
    requires transitive io.mirage4j.platform;
    requires static org.jspecify;

    exports io.mirage4j.tcpip;
    exports io.mirage4j.tcpip.dhcp;
    exports io.mirage4j.tcpip.socket;
    exports io.mirage4j.tcpip.table;
    exports io.mirage4j.tcpip.tcp;
    exports io.mirage4j.tcpip.unikernel;
    exports io.mirage4j.tcpip.wire;
}
