// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// A TCP/IP stack without I/O: frames, time and randomness come in, frames go out.
/// [io.mirage4j.tcpip.tcp] is TCP alone, above any IP.
@NullMarked
module io.mirage4j.tcpip {
    requires transitive io.mirage4j.cstruct;
    requires transitive io.mirage4j.platform;
    requires static org.jspecify;

    exports io.mirage4j.tcpip.tcp;
}
