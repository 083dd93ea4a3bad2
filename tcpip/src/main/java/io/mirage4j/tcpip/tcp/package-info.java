// SPDX-License-Identifier: Apache-2.0

/// TCP as a core without I/O, above any IP. IP hands segments and ICMP errors in, each with an
/// [Envelope][io.mirage4j.tcpip.tcp.Envelope]; TCP writes segments into windows of a
/// [SegmentSink][io.mirage4j.tcpip.tcp.SegmentSink].
@NullMarked
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.NullMarked;
