// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The content codings of HTTP that a blob stores beside the octets. The same octets in, the same
/// out: gzip's header has no time and no name.
enum Coding {
    GZIP {
        @Override
        byte[] encode(byte[] octets) throws IOException {
            var out = new ByteArrayOutputStream(octets.length / 2);
            try (var gzip = new Best(out)) {
                gzip.write(octets);
            }
            return out.toByteArray();
        }
    },

    BROTLI {
        @Override
        byte[] encode(byte[] octets) throws IOException {
            return Encoder.compress(octets, new Encoder.Parameters().setQuality(11));
        }
    };

    /// A gzip stream at Deflate's best level, which the JDK's own has no argument for.
    private static final class Best extends GZIPOutputStream {
        Best(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    abstract byte[] encode(byte[] octets) throws IOException;

    /// Whether brotli4j is there, with its library for this machine. It is optional.
    static boolean hasBrotli() {
        try {
            return Brotli4jLoader.isAvailable();
        } catch (NoClassDefFoundError _) {
            return false;
        }
    }
}
