// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Echo on a TCP/IP stack of its own.
@NullMarked
module io.mirage4j.examples.echo {
    requires io.mirage4j.platform.host;
    requires io.mirage4j.tcpip;
    requires static org.jspecify;
}
