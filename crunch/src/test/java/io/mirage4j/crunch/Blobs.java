// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;

/// Blobs of texts by path.
final class Blobs {
    static ReadOnlyCstruct of(Map<String, String> contents) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new BlobWriter(out);
        for (var entry : contents.entrySet()) {
            byte[] octets = entry.getValue().getBytes(UTF_8);
            ReadOnlyCstruct digest = sha256(octets);
            int body = writer.find(digest);
            if (body == BlobWriter.NONE) {
                body = writer.write(digest, octets.length, new ByteArrayInputStream(octets));
            }
            writer.add(entry.getKey(), content(body));
        }
        writer.finish();
        return Cstruct.of(out.toByteArray()).readOnly();
    }

    static BlobWriter.Content content(int body) {
        return new BlobWriter.Content(
                body, BlobWriter.NONE, BlobWriter.NONE, Instant.EPOCH, "text/plain");
    }

    static ReadOnlyCstruct sha256(byte[] octets) {
        try {
            return Cstruct.of(MessageDigest.getInstance("SHA-256").digest(octets)).readOnly();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Blobs() {}
}
