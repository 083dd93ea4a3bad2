// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import java.util.Objects;

/// The consuming side of a ring of octets.
///
/// Octets are copied out before anybody looks at them, since the peer may still write in the ring.
/// After every [#read] that gave something the caller signals the peer, which may wait for room.
public final class OctetReader extends OctetEnd {
    /// A reader that goes on where the ring stands. `data` has a power of two of octets; the
    /// indexes lie in `indexes` at 4-aligned offsets. `name` is how a [Faulty] calls the writer's.
    public OctetReader(Cstruct data, Cstruct indexes, int prodOff, int consOff, String name) {
        super(data, indexes, consOff, prodOff, name);
        attach();
    }

    @Override
    int nothingToDo() {
        return own; // empty
    }

    /// As far as the ring has room.
    @Override
    int atMost() {
        return own + data.length() - seen;
    }

    /// How many octets wait, by a fresh look at the writer's index.
    public int available() {
        look();
        return seen - own;
    }

    /// Takes at most `len` octets to `target` at `off`; returns how many.
    public int read(Cstruct target, int off, int len) {
        int n = peek(target, off, len);
        if (n > 0) {
            advance(n);
        }
        return n;
    }

    /// As [#read], but the octets stay in the ring.
    public int peek(Cstruct target, int off, int len) {
        Objects.checkFromIndexSize(off, len, target.length());
        int waiting = seen - own;
        if (waiting < len) {
            waiting = available();
        }
        int n = Math.min(waiting, len);
        if (n > 0) {
            int at = own & mask;
            int first = Math.min(n, data.length() - at);
            data.copyTo(at, target, off, first);
            if (first < n) {
                data.copyTo(0, target, off + first, n - first);
            }
        }
        return n;
    }
}
