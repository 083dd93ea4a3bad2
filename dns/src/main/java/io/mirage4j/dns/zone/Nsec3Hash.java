// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.Blob;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash of names in NSEC3 (RFC 5155, 5). One object is used again and again, by one thread.
/// Nothing here allocates.
final class Nsec3Hash {
    static final int OCTETS = 20;

    private final MessageDigest sha1;
    private final byte[] hash = new byte[OCTETS];

    Nsec3Hash() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }

    /// Of the name, which is in lower case; valid until the next call.
    byte[] of(byte[] name, int off, int len, byte[] salt, int iterations) {
        try {
            sha1.update(name, off, len);
            for (int i = 0; i <= iterations; i++) {
                if (i > 0) {
                    sha1.update(hash, 0, OCTETS);
                }
                sha1.update(salt, 0, salt.length);
                sha1.digest(hash, 0, OCTETS);
            }
            return hash;
        } catch (DigestException e) {
            throw new AssertionError("SHA-1 has 20 octets", e);
        }
    }

    /// The parameters that make two chains of one zone different ones.
    record Parameters(int algorithm, int iterations, Blob salt) {}
}
