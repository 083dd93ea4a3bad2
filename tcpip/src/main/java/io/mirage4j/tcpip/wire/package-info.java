// SPDX-License-Identifier: Apache-2.0

/// Octets and what they mean, protocol by protocol, without state. `XWire` reads and writes in
/// place at `(buf, off)` and makes no object; a record is the value of a whole message, with
/// `parse` and `emit`. [Verdict][io.mirage4j.tcpip.wire.Verdict] names why something was refused.
@NullMarked
package io.mirage4j.tcpip.wire;

import org.jspecify.annotations.NullMarked;
