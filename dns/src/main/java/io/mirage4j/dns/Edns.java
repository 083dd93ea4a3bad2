// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What an OPT record says (RFC 6891, 6.1).
///
/// @param udpPayload the longest datagram that the sender takes
/// @param extendedRcode the upper eight bits of the rcode
/// @param flags sixteen bits, [#DO] the first
public record Edns(
        int udpPayload, int extendedRcode, int version, int flags, List<EdnsOption> options) {
    /// DNSSEC records are wanted (RFC 3225).
    public static final int DO = 0x8000;

    public Edns {
        if ((udpPayload | flags) >>> 16 != 0 || (extendedRcode | version) >>> 8 != 0) {
            throw new IllegalArgumentException(
                    "payload %d, rcode %d, version %d, flags %d: too many bits"
                            .formatted(udpPayload, extendedRcode, version, flags));
        }
        options = List.copyOf(options);
    }

    /// Version 0 without options.
    public static Edns of(int udpPayload, boolean dnssecOk) {
        return new Edns(udpPayload, 0, 0, dnssecOk ? DO : 0, List.of());
    }

    public boolean dnssecOk() {
        return (flags & DO) != 0;
    }

    /// The first option of a kind; null if there is none.
    public <T extends EdnsOption> @Nullable T option(Class<T> kind) {
        for (EdnsOption option : options) if (kind.isInstance(option)) return kind.cast(option);
        return null;
    }

    /// Reads the OPT record whose fixed part begins at `head`; null if an option is none of its
    /// code.
    static @Nullable Edns read(ReadOnlyCstruct message, int head) {
        List<EdnsOption> options = new ArrayList<>();
        int at = head + MessageView.RECORD_HEAD;
        int end = at + message.u16be(head + 8);
        while (at < end) {
            int length = message.u16be(at + 2);
            byte[] data = message.toByteArray(at + 4, length);
            EdnsOption option = EdnsOption.read(message.u16be(at), data);
            if (option == null) return null;
            options.add(option);
            at += 4 + length;
        }
        return new Edns(
                message.u16be(head + 2),
                message.u8(head + 4),
                message.u8(head + 5),
                message.u16be(head + 6),
                options);
    }
}
