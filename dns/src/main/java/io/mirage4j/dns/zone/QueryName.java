// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.NameWire;

import java.util.Arrays;

/// The name that is looked up, in lower case, with the hash of each of its suffixes. Suffix `i` is
/// the name without its first `i` labels. One object is used again and again, by one thread.
/// Nothing here allocates.
public final class QueryName {
    private static final int MOST_LABELS = 127;

    final byte[] octets = new byte[DnsName.MAX_OCTETS];

    private final short[] offsets = new short[MOST_LABELS + 1];

    private final int[] hashes = new int[MOST_LABELS + 1];
    private int length;
    private int labels;

    /// Takes the name at `off` of a message; false if there is none.
    public boolean read(ReadOnlyCstruct message, int off) {
        int read = NameWire.copy(message, off, octets, 0);
        if (read < 0) return false;
        take(read);
        return true;
    }

    /// Takes a name.
    public void set(DnsName name) {
        name.copyTo(octets, 0);
        take(name.lengthOctets());
    }

    void set(byte[] name, int off, int len) {
        System.arraycopy(name, off, octets, 0, len);
        take(len);
    }

    /// Takes the name at the start of `name`, which is one.
    public void set(byte[] name) {
        int at = 0;
        while (name[at] != 0) at += name[at] + 1;
        set(name, 0, at + 1);
    }

    /// Copies the name in lower case.
    public void copyTo(byte[] target) {
        System.arraycopy(octets, 0, target, 0, length);
    }

    void set(QueryName other) {
        set(other.octets, 0, other.length);
    }

    /// Puts `target` in the place of suffix `from` (RFC 6672, 2.2); false if that is no name, being
    /// too long, and this one is as it was.
    boolean rebase(int from, byte[] target) {
        int kept = offsets[from];
        if (kept + target.length > DnsName.MAX_OCTETS) return false;
        System.arraycopy(target, 0, octets, kept, target.length);
        take(kept + target.length);
        return true;
    }

    private void take(int length) {
        this.length = length;
        int count = 0;
        for (int at = 0; octets[at] != 0; at += octets[at] + 1) offsets[count++] = (short) at;
        offsets[count] = (short) (length - 1);
        labels = count;
        for (int i = 0; i < length; i++) {
            int octet = octets[i];
            // Lengths are below 'A' and so are left alone.
            if (octet >= 'A' && octet <= 'Z') {
                octets[i] = (byte) (octet | 0x20);
            }
        }
        int hash = SuffixHash.ROOT;
        hashes[count] = hash;
        for (int i = count - 1; i >= 0; i--) {
            hash = SuffixHash.child(hash, octets, offsets[i]);
            hashes[i] = hash;
        }
    }

    public int labels() {
        return labels;
    }

    public int lengthOctets() {
        return length;
    }

    /// Where suffix `i` begins.
    int off(int i) {
        return offsets[i];
    }

    int hash(int i) {
        return hashes[i];
    }

    /// Whether the first label of suffix `i` is `*`.
    boolean isStar(int i) {
        return octets[offsets[i]] == 1 && octets[offsets[i] + 1] == '*';
    }

    /// Whether suffix `i` is `name`, which is in lower case.
    boolean suffixIs(int i, byte[] name) {
        return Arrays.equals(octets, offsets[i], length, name, 0, name.length);
    }

    /// The name as an object of its own.
    public DnsName name() {
        byte[][] each = new byte[labels][];
        for (int i = 0; i < labels; i++) {
            each[i] =
                    Arrays.copyOfRange(octets, offsets[i] + 1, offsets[i] + 1 + octets[offsets[i]]);
        }
        return DnsName.ofLabels(each);
    }
}
