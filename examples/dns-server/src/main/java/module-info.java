// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// An authoritative name server as a program.
@NullMarked
module io.mirage4j.examples.dns {
    requires io.mirage4j.crunch;
    requires io.mirage4j.dns;
    requires io.mirage4j.http;
    requires io.mirage4j.tcpip;
    requires static org.jspecify;
}
