// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digest of values ([Kv.Value#digest]), FIPS 180-4.
public final class Sha256 {
    /// A digest of nothing yet.
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /// The digest of `octets`, of which it is 32 octets.
    public static ReadOnlyCstruct of(byte[] octets) {
        return Cstruct.of(begin().digest(octets)).readOnly();
    }

    private Sha256() {}
}
