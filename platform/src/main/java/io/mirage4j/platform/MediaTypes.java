// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The media types of what the web is made of, by the last extension of a name.
public final class MediaTypes {
    /// Of a name that tells nothing (RFC 2046, 4.5.1).
    public static final String UNKNOWN = "application/octet-stream";

    private static final String[][] BY_EXTENSION = {
        {"application/atom+xml", "atom"},
        {"application/gzip", "gz"},
        {"application/java-archive", "jar"},
        {"application/json", "json map"},
        {"application/ld+json", "jsonld"},
        {"application/manifest+json", "webmanifest"},
        {"application/pdf", "pdf"},
        {"application/rss+xml", "rss"},
        {"application/wasm", "wasm"},
        {"application/xhtml+xml", "xhtml"},
        {"application/xml", "xml xsl"},
        {"application/zip", "zip"},
        {"application/zstd", "zst"},
        {"audio/flac", "flac"},
        {"audio/mp4", "m4a"},
        {"audio/mpeg", "mp3"},
        {"audio/ogg", "ogg oga opus"},
        {"audio/wav", "wav"},
        {"font/otf", "otf"},
        {"font/ttf", "ttf"},
        {"font/woff", "woff"},
        {"font/woff2", "woff2"},
        {"image/avif", "avif"},
        {"image/gif", "gif"},
        {"image/jpeg", "jpg jpeg"},
        {"image/png", "png"},
        {"image/svg+xml", "svg"},
        {"image/vnd.microsoft.icon", "ico"},
        {"image/webp", "webp"},
        {"text/calendar; charset=utf-8", "ics"},
        {"text/css; charset=utf-8", "css"},
        {"text/csv; charset=utf-8", "csv"},
        {"text/html; charset=utf-8", "html htm"},
        {"text/javascript; charset=utf-8", "js mjs"},
        {"text/markdown; charset=utf-8", "md"},
        {"text/plain; charset=utf-8", "txt text log asc"},
        {"text/vtt; charset=utf-8", "vtt"},
        {"video/mp4", "mp4 m4v"},
        {"video/mpeg", "mpeg mpg"},
        {"video/ogg", "ogv"},
        {"video/webm", "webm"},
    };

    private static final Map<String, String> TYPES = types();

    private static Map<String, String> types() {
        Map<String, String> types = new HashMap<>();
        for (String[] row : BY_EXTENSION) {
            for (String extension : row[1].split(" ")) {
                types.put(extension, row[0]);
            }
        }
        return Map.copyOf(types);
    }

    /// The type of a file with this name or path, or [#UNKNOWN].
    public static String of(String name) {
        int dot = name.lastIndexOf('.');
        if (dot <= name.lastIndexOf('/') + 1) {
            return UNKNOWN;
        }
        return TYPES.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
    }

    /// Whether content of this type is worth compressing: it is text of some kind.
    public static boolean isCompressible(String type) {
        int end = type.indexOf(';');
        String essence = (end < 0 ? type : type.substring(0, end)).strip();
        return essence.startsWith("text/")
                || essence.endsWith("+xml")
                || essence.endsWith("+json")
                || switch (essence) {
                    case "application/json",
                            "application/xml",
                            "application/wasm",
                            "font/otf",
                            "font/ttf",
                            "image/vnd.microsoft.icon" ->
                            true;
                    default -> false;
                };
    }

    private MediaTypes() {}
}
