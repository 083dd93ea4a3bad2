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
        {"application/dash+xml", "mpd"},
        {"application/epub+zip", "epub"},
        {"application/geo+json", "geojson"},
        {"application/gpx+xml", "gpx"},
        {"application/gzip", "gz tgz"},
        {"application/java-archive", "jar war"},
        {"application/java-vm", "class"},
        {"application/json", "json map topojson"},
        {"application/ld+json", "jsonld"},
        {"application/manifest+json", "webmanifest"},
        {"application/msword", "doc"},
        {"application/octet-stream", "br bin img"},
        {"application/pdf", "pdf"},
        {"application/pgp-encrypted", "gpg"},
        {"application/pgp-signature", "sig"},
        {"application/pkix-cert", "cer"},
        {"application/pkix-crl", "crl"},
        {"application/postscript", "ps eps"},
        {"application/rdf+xml", "rdf"},
        {"application/rss+xml", "rss"},
        {"application/rtf", "rtf"},
        {"application/sql", "sql"},
        {"application/toml", "toml"},
        {"application/vnd.android.package-archive", "apk"},
        {"application/vnd.apple.mpegurl", "m3u8"},
        {"application/vnd.debian.binary-package", "deb"},
        {"application/vnd.google-earth.kml+xml", "kml"},
        {"application/vnd.google-earth.kmz", "kmz"},
        {"application/vnd.microsoft.portable-executable", "exe"},
        {"application/vnd.ms-excel", "xls"},
        {"application/vnd.ms-fontobject", "eot"},
        {"application/vnd.ms-powerpoint", "ppt"},
        {"application/vnd.oasis.opendocument.graphics", "odg"},
        {"application/vnd.oasis.opendocument.presentation", "odp"},
        {"application/vnd.oasis.opendocument.spreadsheet", "ods"},
        {"application/vnd.oasis.opendocument.text", "odt"},
        {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
        {"application/vnd.rar", "rar"},
        {"application/wasm", "wasm"},
        {"application/x-7z-compressed", "7z"},
        {"application/x-apple-diskimage", "dmg"},
        {"application/x-bittorrent", "torrent"},
        {"application/x-bzip2", "bz2"},
        {"application/x-iso9660-image", "iso"},
        {"application/x-mobipocket-ebook", "mobi"},
        {"application/x-msi", "msi"},
        {"application/x-pem-file", "pem"},
        {"application/x-pkcs12", "p12"},
        {"application/x-rpm", "rpm"},
        {"application/x-sh", "sh"},
        {"application/x-shockwave-flash", "swf"},
        {"application/x-tar", "tar"},
        {"application/x-tex", "tex"},
        {"application/x-x509-ca-cert", "crt der"},
        {"application/x-xpinstall", "xpi"},
        {"application/x-xz", "xz"},
        {"application/xhtml+xml", "xhtml"},
        {"application/xml", "xml xsl"},
        {"application/xml-dtd", "dtd"},
        {"application/xslt+xml", "xslt"},
        {"application/yaml", "yaml yml"},
        {"application/zip", "zip"},
        {"application/zstd", "zst"},
        {"audio/aac", "aac"},
        {"audio/aiff", "aif aiff"},
        {"audio/flac", "flac"},
        {"audio/midi", "mid midi"},
        {"audio/mp4", "m4a"},
        {"audio/mpeg", "mp3"},
        {"audio/ogg", "ogg oga opus"},
        {"audio/wav", "wav"},
        {"audio/webm", "weba"},
        {"font/collection", "ttc"},
        {"font/otf", "otf"},
        {"font/ttf", "ttf"},
        {"font/woff", "woff"},
        {"font/woff2", "woff2"},
        {"image/apng", "apng"},
        {"image/avif", "avif"},
        {"image/bmp", "bmp"},
        {"image/gif", "gif"},
        {"image/heic", "heic"},
        {"image/heif", "heif"},
        {"image/jp2", "jp2"},
        {"image/jpeg", "jpg jpeg jfif"},
        {"image/jxl", "jxl"},
        {"image/png", "png"},
        {"image/svg+xml", "svg svgz"},
        {"image/tiff", "tif tiff"},
        {"image/vnd.microsoft.icon", "ico cur"},
        {"image/webp", "webp"},
        {"message/rfc822", "eml"},
        {"model/gltf+json", "gltf"},
        {"model/gltf-binary", "glb"},
        {"model/obj", "obj"},
        {"model/stl", "stl"},
        {"multipart/related", "mht"},
        {"text/calendar; charset=utf-8", "ics"},
        {"text/css; charset=utf-8", "css"},
        {"text/csv; charset=utf-8", "csv"},
        {"text/dns; charset=utf-8", "zone"},
        {"text/html; charset=utf-8", "html htm"},
        {"text/javascript; charset=utf-8", "js mjs"},
        {"text/markdown; charset=utf-8", "md markdown"},
        {"text/plain; charset=utf-8", "txt text log asc"},
        {"text/tab-separated-values; charset=utf-8", "tsv"},
        {"text/turtle; charset=utf-8", "ttl"},
        {"text/vcard; charset=utf-8", "vcf"},
        {"text/vtt; charset=utf-8", "vtt"},
        {"video/3gpp", "3gp"},
        {"video/3gpp2", "3g2"},
        {"video/matroska", "mkv"},
        {"video/mp2t", "ts"},
        {"video/mp4", "mp4 m4v"},
        {"video/mpeg", "mpeg mpg"},
        {"video/ogg", "ogv"},
        {"video/quicktime", "mov"},
        {"video/webm", "webm"},
        {"video/x-flv", "flv"},
        {"video/x-msvideo", "avi"},
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
        if (dot <= name.lastIndexOf('/') + 1) return UNKNOWN;
        return TYPES.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
    }

    /// Whether content of this type is worth compressing: it is text of some kind, or octets that
    /// the type itself does not compress.
    public static boolean isCompressible(String type) {
        int end = type.indexOf(';');
        String essence = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return essence.startsWith("text/")
                || essence.endsWith("+xml")
                || essence.endsWith("+json")
                || essence.endsWith("+yaml")
                || switch (essence) {
                    case "application/javascript",
                            "application/json",
                            "application/postscript",
                            "application/rtf",
                            "application/sql",
                            "application/toml",
                            "application/vnd.apple.mpegurl",
                            "application/vnd.ms-fontobject",
                            "application/wasm",
                            "application/x-pem-file",
                            "application/x-sh",
                            "application/x-tex",
                            "application/xml",
                            "application/xml-dtd",
                            "application/yaml",
                            "font/collection",
                            "font/otf",
                            "font/ttf",
                            "image/bmp",
                            "image/vnd.microsoft.icon",
                            "message/rfc822",
                            "model/obj",
                            "model/stl" ->
                            true;
                    default -> false;
                };
    }

    private MediaTypes() {}
}
