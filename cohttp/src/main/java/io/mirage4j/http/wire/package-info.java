// SPDX-License-Identifier: Apache-2.0

/// Octets to messages and back, by RFC 9112: [MessageReader] reads heads, content and trailers out
/// of windows of any size, [HeadWriter] and [ChunkWriter] write them. Stateless but for the message
/// that is under way; knows no other package of this module.
@NullMarked
package io.mirage4j.http.wire;

import org.jspecify.annotations.NullMarked;
