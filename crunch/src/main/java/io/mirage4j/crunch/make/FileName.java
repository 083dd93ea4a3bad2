// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/// Names of files as they are on disk. [Path#toString] decodes them by the locale of who runs the
/// build; the octets are the same everywhere, and a path's URI has them.
final class FileName {
    /// The last name of `file`, or null if its octets are not UTF-8.
    static @Nullable String of(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// What is left of a name where the file systems of others see no difference: neither case nor
    /// how a letter with an accent is put together.
    static String folded(String path) {
        return composed(composed(path).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }

    /// With each letter and its accents put together in the one way of NFC.
    static String composed(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC);
    }

    /// For messages about names that look the same: what is not ASCII as `\u0301`.
    static String escaped(String path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                text.append(c);
            } else {
                text.append("\\u%04x".formatted((int) c));
            }
        }
        return text.toString();
    }

    private static byte[] octets(Path file) {
        String uri = file.toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = uri.lastIndexOf('/', end - 1) + 1; i < end; i++) {
            if (uri.charAt(i) == '%') {
                octets.write(HexFormat.fromHexDigits(uri, i + 1, i + 3));
                i += 2;
            } else {
                octets.write(uri.charAt(i));
            }
        }
        return octets.toByteArray();
    }

    private FileName() {}
}
