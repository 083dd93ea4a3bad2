// SPDX-License-Identifier: Apache-2.0

/// What a host remembers, each kind within a bound: packets, timers, neighbours and paths by
/// address, routes, datagrams in pieces. They know no protocol's rules and send nothing.
@NullMarked
package io.mirage4j.tcpip.table;

import org.jspecify.annotations.NullMarked;
