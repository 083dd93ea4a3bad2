// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

/// What a [MessageReader] found.
public enum Event {
    /// The input ends within something: show what was not consumed again, with more behind it.
    MORE,
    /// A head: [MessageReader#head].
    HEAD,
    /// The size and the extensions of a chunk that has data.
    CHUNK,
    /// Octets of the content.
    DATA,
    /// The message is complete; trailers, if it had any, in [MessageReader#trailers].
    END,
    /// What follows is not HTTP/1: a tunnel, or the protocol that was upgraded to.
    TUNNEL,
    /// The message is refused: [MessageReader#malformed]. Nothing comes after this.
    MALFORMED
}
