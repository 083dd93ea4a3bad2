// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Echo on the network of a board.
@NullMarked
module io.mirage4j.examples.echo {
    requires io.mirage4j.tcpip;
    requires static org.jspecify;
}
