// SPDX-License-Identifier: Apache-2.0

/// The log of questions and answers in octets that other programs read: dnstap in Frame Streams.
/// [io.mirage4j.dns.tap.DnstapLog] keeps what was noted until somebody takes it;
/// [io.mirage4j.dns.host.DnstapWriter] writes it to files and sockets.
@NullMarked
package io.mirage4j.dns.tap;

import org.jspecify.annotations.NullMarked;
