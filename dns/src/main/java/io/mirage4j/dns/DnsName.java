// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An absolute domain name, held as its uncompressed octets (RFC 1035, 3.1) in the case in which it
/// came. Names that differ only in the case of ASCII letters are equal (RFC 4343), and the order is
/// the canonical one (RFC 4034, 6.1): by labels from the root, each by its lower-case octets.
///
/// ```java
/// DnsName www = DnsName.of("www.example.org.");
/// www.isBelow(DnsName.of("EXAMPLE.org."));   // true
/// ```
///
/// Comparing, hashing and writing allocate nothing.
public final class DnsName implements Comparable<DnsName> {
    public static final int MAX_OCTETS = 255;
    public static final int MAX_LABEL_OCTETS = 63;

    public static final DnsName ROOT = new DnsName(new byte[1], 1);

    private final byte[] octets;
    private final int labels;
    private final int hash;

    /// Over `octets`, which are a name and belong to it from here on.
    DnsName(byte[] octets) {
        this(octets, octets.length);
    }

    private DnsName(byte[] octets, int length) {
        this.octets = octets.length == length ? octets : Arrays.copyOf(octets, length);
        this.labels = countLabels(this.octets);
        this.hash = NameHash.of(this.octets, 0);
    }

    /// The name that `text` means; without a dot at its end it is taken as if it had one.
    ///
    /// @throws IllegalArgumentException if it means none
    public static DnsName of(String text) {
        return parse(text, ROOT).orThrow();
    }

    /// Reads the form of zone files: `\.`, `\DDD`, and `@` for `origin`, which is also put behind a
    /// name that does not end in a dot. The text is taken octet by octet, as UTF-8.
    public static Parsed<DnsName> parse(String text, DnsName origin) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        byte[] scratch = new byte[MAX_OCTETS];
        try {
            int length = NameText.parse(octets, 0, octets.length, origin, scratch);
            return new Parsed.Value<>(new DnsName(scratch, length));
        } catch (TextFault fault) {
            return new Parsed.Malformed<>(fault.reason(), Math.max(0, fault.at()));
        }
    }

    /// The name of the given labels, the one nearest to the root last.
    ///
    /// @throws IllegalArgumentException if a label is empty or too long, or all of them are
    public static DnsName ofLabels(byte[]... labels) {
        DnsName name = ROOT;
        for (int i = labels.length - 1; i >= 0; i--) name = name.child(labels[i]);
        return name;
    }

    /// The name at `off` of a message, its pointers followed; null where there is none.
    ///
    /// @see NameWire
    public static @Nullable DnsName read(ReadOnlyCstruct message, int off) {
        byte[] scratch = new byte[MAX_OCTETS];
        int length = NameWire.copy(message, off, scratch, 0);
        return length < 0 ? null : new DnsName(scratch, length);
    }

    /// The name in the first `length` octets, which are copied.
    static DnsName copyOf(byte[] octets, int off, int length) {
        return new DnsName(Arrays.copyOfRange(octets, off, off + length));
    }

    public int lengthOctets() {
        return octets.length;
    }

    /// How many labels there are, the root's not counted.
    public int labels() {
        return labels;
    }

    public int u8(int off) {
        return octets[off] & 0xff;
    }

    public boolean isRoot() {
        return octets.length == 1;
    }

    /// Whether the first label is `*` (RFC 4592).
    public boolean isWildcard() {
        return octets.length > 2 && octets[0] == 1 && octets[1] == '*';
    }

    /// The name without its first label; the root's is the root.
    public DnsName parent() {
        return ancestor(1);
    }

    /// The name without its first `count` labels.
    public DnsName ancestor(int count) {
        int at = 0;
        for (int i = 0; i < count && octets[at] != 0; i++) at += octets[at] + 1;
        return at == 0 ? this : new DnsName(Arrays.copyOfRange(octets, at, octets.length));
    }

    /// The octets of the first label.
    public byte[] firstLabel() {
        return Arrays.copyOfRange(octets, 1, 1 + octets[0]);
    }

    /// This name with a label in front.
    ///
    /// @throws IllegalArgumentException if there is no such name
    public DnsName child(byte[] label) {
        if (label.length == 0 || label.length > MAX_LABEL_OCTETS) {
            throw new IllegalArgumentException("label of " + label.length + " octets, not 1 to 63");
        }
        byte[] longer = new byte[label.length + 1 + octets.length];
        checkLength(longer.length);
        longer[0] = (byte) label.length;
        System.arraycopy(label, 0, longer, 1, label.length);
        System.arraycopy(octets, 0, longer, label.length + 1, octets.length);
        return new DnsName(longer);
    }

    /// Whether the name is `other` or below it.
    public boolean isBelow(DnsName other) {
        int at = suffixOf(labels - other.labels);
        return at >= 0
                && octets.length - at == other.octets.length
                && sameFrom(octets, at, other.octets, 0, other.octets.length);
    }

    /// The name with its end `from` replaced by `to`, as DNAME does (RFC 6672); null if that is
    /// longer than a name may be.
    ///
    /// @throws IllegalArgumentException if the name does not end in `from`
    public @Nullable DnsName rebase(DnsName from, DnsName to) {
        if (!isBelow(from)) throw new IllegalArgumentException(this + " is not below " + from);
        int kept = octets.length - from.octets.length;
        if (kept + to.octets.length > MAX_OCTETS) return null;
        byte[] moved = Arrays.copyOf(octets, kept + to.octets.length);
        System.arraycopy(to.octets, 0, moved, kept, to.octets.length);
        return new DnsName(moved);
    }

    /// The same name in lower case, its canonical form.
    public DnsName canonical() {
        for (byte octet : octets) {
            if (octet >= 'A' && octet <= 'Z') {
                byte[] folded = new byte[octets.length];
                for (int i = 0; i < folded.length; i++) folded[i] = (byte) fold(octets[i]);
                return new DnsName(folded);
            }
        }
        return this;
    }

    /// Writes the octets, uncompressed.
    public void write(Cstruct buf, int off) {
        buf.put(off, octets, 0, octets.length);
    }

    /// Copies the octets, uncompressed.
    public void copyTo(byte[] target, int off) {
        System.arraycopy(octets, 0, target, off, octets.length);
    }

    public byte[] toByteArray() {
        return octets.clone();
    }

    byte[] octets() {
        return octets;
    }

    @Override
    public int compareTo(DnsName other) {
        int common = Math.min(labels, other.labels);
        // From the root: the n-th label from the end is found by walking, which for names of a
        // few labels is quicker than to keep where they begin.
        for (int fromRoot = 1; fromRoot <= common; fromRoot++) {
            int mine = suffixOf(labels - fromRoot);
            int theirs = other.suffixOf(other.labels - fromRoot);
            int order = compareLabels(octets, mine, other.octets, theirs);
            if (order != 0) return order;
        }
        return labels - other.labels;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof DnsName name
                        && hash == name.hash
                        && octets.length == name.octets.length
                        && sameFrom(octets, 0, name.octets, 0, octets.length));
    }

    /// As [NameWire#hash] has it of a name in a message.
    @Override
    public int hashCode() {
        return hash;
    }

    /// The form of zone files, with the dot at the end.
    @Override
    public String toString() {
        var out = new TextOut();
        out.name(octets, 0);
        return out.toString();
    }

    /// ASCII letters in lower case, every other octet as it is. Lengths of labels are below `A`, so
    /// whole names can be folded octet by octet.
    static int fold(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }

    /// Whether `length` octets are the same but for case.
    static boolean sameFrom(byte[] a, int aOff, byte[] b, int bOff, int length) {
        for (int i = 0; i < length; i++) {
            if (a[aOff + i] != b[bOff + i] && fold(a[aOff + i]) != fold(b[bOff + i])) return false;
        }
        return true;
    }

    /// Where the name without its first `count` labels begins; below 0 for a negative count.
    private int suffixOf(int count) {
        if (count < 0) return -1;
        int at = 0;
        for (int i = 0; i < count; i++) at += octets[at] + 1;
        return at;
    }

    private static int compareLabels(byte[] a, int aOff, byte[] b, int bOff) {
        int common = Math.min(a[aOff], b[bOff]);
        for (int i = 1; i <= common; i++) {
            int order = fold(a[aOff + i] & 0xff) - fold(b[bOff + i] & 0xff);
            if (order != 0) return order;
        }
        return a[aOff] - b[bOff];
    }

    private static int countLabels(byte[] octets) {
        int count = 0;
        for (int at = 0; octets[at] != 0; at += octets[at] + 1) count++;
        return count;
    }

    private static void checkLength(int length) {
        if (length > MAX_OCTETS) {
            throw new IllegalArgumentException("name of " + length + " octets > " + MAX_OCTETS);
        }
    }
}
