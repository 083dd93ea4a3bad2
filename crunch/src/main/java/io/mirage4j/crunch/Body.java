// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Octets in the blob as a value: windows into it, never a copy.
final class Body implements Kv.Value {
    private final ReadOnlyCstruct octets;
    private final ReadOnlyCstruct digest;
    private final Instant lastModified;
    private final String mediaType;
    private final @Nullable Body gzip;
    private final @Nullable Body brotli;

    Body(
            Index index,
            int number,
            Instant lastModified,
            String mediaType,
            @Nullable Body gzip,
            @Nullable Body brotli) {
        this.octets = index.body(number);
        this.digest = index.digest(number);
        this.lastModified = lastModified;
        this.mediaType = mediaType;
        this.gzip = gzip;
        this.brotli = brotli;
    }

    @Override
    public long size() {
        return octets.length();
    }

    @Override
    public ReadOnlyCstruct digest() {
        return digest;
    }

    @Override
    public Instant lastModified() {
        return lastModified;
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    @Override
    public @Nullable Body encoded(String coding) {
        return switch (coding) {
            case "gzip" -> gzip;
            case "br" -> brotli;
            default -> null;
        };
    }

    @Override
    public ReadOnlyCstruct read(long off, int len) {
        if (off < 0 || len < 0 || off > size() - len) {
            throw new IndexOutOfBoundsException(
                    "offset " + off + " + length " + len + " > " + size());
        }
        return octets.sub((int) off, len);
    }
}
