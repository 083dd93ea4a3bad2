// SPDX-License-Identifier: Apache-2.0

/// Sockets in direct style: blocking calls of virtual threads over one [io.mirage4j.tcpip.Stack],
/// which a loop drives. Begin with [io.mirage4j.tcpip.socket.Sockets].
@NullMarked
package io.mirage4j.tcpip.socket;

import org.jspecify.annotations.NullMarked;
