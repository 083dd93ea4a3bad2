// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;

/// The labels of NSEC3 owners (RFC 5155, 3.3).
final class Base32Hex {
    private static final int LABEL_OCTETS = 32;

    /// The hash that a label stands for; null if it stands for none.
    static byte @Nullable [] decode(byte[] label) {
        if (label.length != LABEL_OCTETS) return null;
        Base32 codec = Base32.builder().setHexEncodeTable(true).get();
        for (byte octet : label) if (!codec.isInAlphabet(octet)) return null;
        return codec.decode(label);
    }

    private Base32Hex() {}
}
