// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import io.mirage4j.crunch.BlobWriter;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.MediaTypes;
import io.mirage4j.platform.Sha256;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Puts the contents of files into a blob, each content once.
final class Bodies {
    /// Larger files are never in memory as a whole: they are read twice, for the digest and to be
    /// copied, and get no variants, since they are films and not pages.
    private static final long LARGEST_IN_MEMORY = 64L << 20;

    private final BlobWriter writer;
    private final Set<Coding> codings;

    /// The variants of a body, by its number.
    private final Map<Integer, Map<Coding, Integer>> variants = new HashMap<>();

    private int count;

    Bodies(BlobWriter writer, Set<Coding> codings) {
        this.writer = writer;
        this.codings = codings;
    }

    /// How many there are, variants among them.
    int count() {
        return count;
    }

    /// @param modified instead of the file's own time, if not null
    void add(SourceFile file, @Nullable Instant modified) throws IOException {
        String type = MediaTypes.of(file.path());
        int body = file.size() > LARGEST_IN_MEMORY ? large(file) : small(file, type);
        Map<Coding, Integer> coded = variants.getOrDefault(body, Map.of());
        writer.add(
                file.path(),
                new BlobWriter.Content(
                        body,
                        coded.getOrDefault(Coding.GZIP, BlobWriter.NONE),
                        coded.getOrDefault(Coding.BROTLI, BlobWriter.NONE),
                        modified == null ? file.lastModified() : modified,
                        type));
    }

    private int small(SourceFile file, String type) throws IOException {
        byte[] octets = Files.readAllBytes(file.file());
        checkUnchanged(file, octets.length);
        int body = store(octets);
        if (!variants.containsKey(body) && MediaTypes.isCompressible(type)) {
            variants.put(body, encode(octets));
        }
        return body;
    }

    /// The codings that make the content smaller.
    private Map<Coding, Integer> encode(byte[] octets) throws IOException {
        Map<Coding, Integer> coded = new EnumMap<>(Coding.class);
        for (Coding coding : codings) {
            byte[] encoded = coding.encode(octets);
            if (encoded.length < octets.length) {
                coded.put(coding, store(encoded));
            }
        }
        return coded;
    }

    private int store(byte[] octets) throws IOException {
        ReadOnlyCstruct digest = Sha256.of(octets);
        int known = writer.find(digest);
        if (known != BlobWriter.NONE) return known;
        count++;
        return writer.write(digest, octets.length, new ByteArrayInputStream(octets));
    }

    private int large(SourceFile file) throws IOException {
        MessageDigest first = Sha256.begin();
        try (InputStream in = Files.newInputStream(file.file())) {
            new DigestInputStream(in, first).transferTo(OutputStream.nullOutputStream());
        }
        ReadOnlyCstruct digest = Cstruct.of(first.digest()).readOnly();
        int known = writer.find(digest);
        if (known != BlobWriter.NONE) return known;
        MessageDigest second = Sha256.begin();
        int body;
        try (InputStream in = Files.newInputStream(file.file())) {
            body = writer.write(digest, file.size(), new DigestInputStream(in, second));
        } catch (IOException e) {
            throw new IOException(file.file() + ": " + e.getMessage(), e);
        }
        if (!digest.equals(Cstruct.of(second.digest()))) throw changed(file);
        count++;
        return body;
    }

    private static void checkUnchanged(SourceFile file, long length) throws IOException {
        var now =
                Files.readAttributes(
                        file.file(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (length != file.size()
                || now.size() != length
                || !now.lastModifiedTime().toInstant().equals(file.lastModified())) {
            throw changed(file);
        }
    }

    private static IOException changed(SourceFile file) {
        return new IOException(file.file() + " changed while it was read: try again");
    }
}
