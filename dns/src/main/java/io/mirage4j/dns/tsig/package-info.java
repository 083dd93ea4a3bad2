// SPDX-License-Identifier: Apache-2.0

/// Messages signed with a shared secret (RFC 8945), for servers and clients:
/// [io.mirage4j.dns.tsig.TsigSigner] signs, [io.mirage4j.dns.tsig.TsigVerifier] checks, both one
/// message or a stream of them. Octets and the time go in.
@NullMarked
package io.mirage4j.dns.tsig;

import org.jspecify.annotations.NullMarked;
