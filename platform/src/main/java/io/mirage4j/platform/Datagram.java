// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// An envelope for one datagram after another: a buffer, how much of it counts, and both ends. Made
/// once and used again, by one thread at a time.
public final class Datagram {
    private static final Endpoint NOBODY = new Endpoint(Ipv4Address.UNSPECIFIED, 0);

    /// How many windows of payloads an envelope remembers.
    private static final int WINDOWS = 64;

    private final Cstruct buffer;

    /// Windows given out before, each at its length modulo [#WINDOWS]; made when one is asked for.
    private @Nullable Cstruct @Nullable [] windows;

    private int length;
    private Endpoint remote = NOBODY;
    private @Nullable IpAddress local;

    private Datagram(Cstruct buffer) {
        this.buffer = buffer;
    }

    /// An envelope with a buffer of `capacity` octets; 65,535 fit any datagram.
    public static Datagram create(int capacity) {
        return new Datagram(Cstruct.create(capacity));
    }

    /// An envelope around a buffer of the caller's.
    public static Datagram over(Cstruct buffer) {
        return new Datagram(buffer);
    }

    /// The whole buffer; the payload begins at its first octet.
    public Cstruct buffer() {
        return buffer;
    }

    /// How many octets of the buffer are the payload.
    public int length() {
        return length;
    }

    public Datagram length(int octets) {
        if (octets < 0 || octets > buffer.length()) {
            throw new IllegalArgumentException(
                    "length " + octets + " is not in 0.." + buffer.length());
        }
        length = octets;
        return this;
    }

    /// The payload, valid until the envelope is used again. Of a length that was asked for before
    /// it is mostly the same window, so that a server allocates nothing for it.
    public Cstruct payload() {
        @Nullable Cstruct[] known = windows;
        if (known == null) {
            known = new @Nullable Cstruct[WINDOWS];
            windows = known;
        }
        int place = length & (WINDOWS - 1);
        Cstruct window = known[place];
        if (window == null || window.length() != length) {
            window = buffer.sub(0, length);
            known[place] = window;
        }
        return window;
    }

    /// The other end: who sent it, or to whom it goes. `0.0.0.0:0` in a new envelope.
    public Endpoint remote() {
        return remote;
    }

    public Datagram remote(Endpoint endpoint) {
        remote = endpoint;
        return this;
    }

    /// The address of this end: to which it was sent, or from which it goes. Null if the port, or
    /// the route, decides.
    public @Nullable IpAddress local() {
        return local;
    }

    public Datagram local(@Nullable IpAddress address) {
        local = address;
        return this;
    }
}
