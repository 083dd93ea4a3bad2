// SPDX-License-Identifier: Apache-2.0

/// Kernel sockets as the contracts, in plain Java: flows, listeners, datagrams, names.
@NullMarked
package io.mirage4j.platform.host.net;

import org.jspecify.annotations.NullMarked;
