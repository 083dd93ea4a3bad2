// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes a blob in one pass: bodies as they come, then paths that have them, then [#finish].
///
/// The same bodies and paths in the same order make the same octets.
public final class BlobWriter {
    private static final int BLOCK = 1 << 16;

    private final OutputStream out;
    private final Map<ReadOnlyCstruct, Integer> bodyNumbers = new HashMap<>();
    private final List<BodyRow> bodies = new ArrayList<>();
    private final Map<String, Integer> types = new TreeMap<>();
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private long written;

    /// Which bodies a path has. Without a variant, its number is [#NONE].
    public record Content(int body, int gzip, int brotli, Instant lastModified, String mediaType) {}

    /// No body.
    public static final int NONE = -1;

    record Entry(String path, Content content) {}

    record BodyRow(int at, int length, ReadOnlyCstruct digest) {}

    /// A writer into `out`, which stays the caller's to close.
    public BlobWriter(OutputStream out) {
        this.out = out;
    }

    /// The number of the body with this SHA-256, or [#NONE] if it must be written yet.
    public int find(ReadOnlyCstruct digest) {
        return bodyNumbers.getOrDefault(digest, NONE);
    }

    /// Writes a body and gives its number. It must have exactly `length` octets, and `digest` is
    /// believed to be their SHA-256: who reads them can tell, and should.
    ///
    /// @throws IOException if the stream has another length, or the blob would be too large
    public int write(ReadOnlyCstruct digest, long length, InputStream octets) throws IOException {
        pad();
        if (length > Integer.MAX_VALUE - written) {
            throw new IOException(
                    "%d octets more than the %d before are more than a blob can have (%d): make"
                                    .formatted(length, written, Integer.MAX_VALUE)
                            + " several of fewer directories");
        }
        int at = (int) written;
        copy(length, octets);
        ReadOnlyCstruct own = Cstruct.of(digest.toByteArray()).readOnly();
        bodies.add(new BodyRow(at, (int) length, own));
        bodyNumbers.put(own, bodies.size() - 1);
        return bodies.size() - 1;
    }

    private void copy(long length, InputStream octets) throws IOException {
        byte[] block = new byte[BLOCK];
        long left = length;
        int count = octets.read(block);
        while (count >= 0 && count <= left) {
            out.write(block, 0, count);
            left -= count;
            count = octets.read(block);
        }
        if (left != 0 || count >= 0) {
            throw new IOException(
                    "%s octets instead of %d"
                            .formatted(count >= 0 ? "more" : length - left, length));
        }
        written += length;
    }

    private void pad() throws IOException {
        int over = (int) (written % Format.BODY_ALIGNMENT);
        if (over != 0) {
            out.write(new byte[Format.BODY_ALIGNMENT - over]);
            written += Format.BODY_ALIGNMENT - over;
        }
    }

    /// Gives a path its content.
    ///
    /// @throws IllegalArgumentException if that is no path, or has a content already
    public void add(String path, Content content) {
        if (!Kv.isPath(path)) throw new IllegalArgumentException("no path: '" + path + "'");
        if (entries.putIfAbsent(path, new Entry(path, content)) != null) {
            throw new IllegalArgumentException("'" + path + "' has a content already");
        }
        types.putIfAbsent(content.mediaType, 0);
    }

    /// Writes the index and the footer. The last thing to do.
    ///
    /// @throws IOException if the stream fails, or the blob would be too large
    public void finish() throws IOException {
        pad();
        IndexWriter index = new IndexWriter(bodies, types, List.copyOf(entries.values()));
        ReadOnlyCstruct octets = index.write();
        long end = written + octets.length() + Format.FOOTER;
        int gap = (int) (-end & (Format.SECTOR - 1));
        if (end + gap > Integer.MAX_VALUE) {
            throw new IOException("the index makes the blob larger than 2^31 octets");
        }
        put(octets);
        out.write(new byte[gap]);
        put(index.footer((int) written, octets));
    }

    private void put(ReadOnlyCstruct octets) throws IOException {
        out.write(octets.toByteArray());
    }
}
