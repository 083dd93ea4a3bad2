// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Octets that nobody can change, as a part of values: keys, digests, cookies.
public final class Blob implements Comparable<Blob> {
    public static final Blob EMPTY = new Blob(new byte[0]);

    private final byte[] octets;

    private Blob(byte[] octets) {
        this.octets = octets;
    }

    /// A copy of the octets.
    public static Blob of(byte... octets) {
        return new Blob(octets.clone());
    }

    static Blob of(byte[] octets, int from, int to) {
        return new Blob(Arrays.copyOfRange(octets, from, to));
    }

    public int length() {
        return octets.length;
    }

    public int u8(int off) {
        return octets[off] & 0xff;
    }

    public byte[] toByteArray() {
        return octets.clone();
    }

    /// By unsigned octets.
    @Override
    public int compareTo(Blob other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Blob blob && Arrays.equals(octets, blob.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /// In hexadecimal.
    @Override
    public String toString() {
        return Hex.encodeHexString(octets);
    }
}
