// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/// Data that a URI holds itself, with its media type (RFC 2397).
public final class DataUri implements DataUriResult {
    /// What data without a media type is.
    public static final String DEFAULT_MEDIA_TYPE = "text/plain;charset=US-ASCII";

    private static final String SCHEME = "data";
    private static final String BASE64 = ";base64";

    /// The characters of a token of MIME (RFC 2045, 5.1).
    private static final PercentSet TOKEN = PercentSet.range('!', '~').without("()<>@,;:\\\"/[]?=");

    private final String mediaType;
    private final byte[] octets;

    private DataUri(String mediaType, byte[] octets) {
        this.mediaType = mediaType;
        this.octets = octets;
    }

    /// Takes a URI apart. A fragment is no part of the data, a query is.
    public static DataUriResult of(Uri uri) {
        if (!uri.hasScheme(SCHEME)) {
            return UriError.schemeSpecific(Component.SCHEME, 0, "the scheme is not data");
        }
        String text = uri.withoutFragment().toString();
        int start = SCHEME.length() + 1;
        int comma = text.indexOf(',', start);
        if (comma < 0) {
            return UriError.schemeSpecific(
                    Component.PATH, text.length(), "no comma before the data");
        }
        String head = text.substring(start, comma);
        int base64 = head.length() - BASE64.length();
        boolean isBase64 = head.regionMatches(true, base64, BASE64, 0, BASE64.length());
        String mediaType = PercentSet.decode(isBase64 ? head.substring(0, base64) : head);
        if (!isMediaType(mediaType)) {
            return UriError.schemeSpecific(Component.PATH, start, "no media type: " + mediaType);
        }
        byte[] octets = PercentSet.decodeOctets(text.substring(comma + 1));
        if (isBase64) {
            if (!isBase64(octets)) {
                return UriError.schemeSpecific(
                        Component.PATH, comma + 1, "the data is not in base64");
            }
            octets = Base64.getDecoder().decode(octets);
        }
        return new DataUri(completed(mediaType), octets);
    }

    /// Data of a media type such as `image/png` or `text/plain;charset=utf-8`.
    public static DataUri of(String mediaType, byte[] octets) {
        if (!isMediaType(mediaType)) {
            throw new IllegalArgumentException("no media type: " + mediaType);
        }
        return new DataUri(completed(mediaType), octets.clone());
    }

    /// Plain text, in UTF-8.
    public static DataUri ofText(String text) {
        return new DataUri("text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /// `[ type "/" subtype ] *( ";" attribute "=" value )`
    private static boolean isMediaType(String text) {
        int i = 0;
        if (!text.isEmpty() && text.charAt(0) != ';') {
            int slash = skipToken(text, 0);
            i = skipToken(text, slash + 1);
            if (slash == 0 || !Syntax.isAt(text, slash, '/') || i == slash + 1) return false;
        }
        while (Syntax.isAt(text, i, ';')) {
            int equals = skipToken(text, i + 1);
            if (equals == i + 1 || !Syntax.isAt(text, equals, '=')) return false;
            i = skipValue(text, equals + 1);
            if (i == equals + 1) return false;
        }
        return i == text.length();
    }

    private static int skipToken(String text, int from) {
        int i = from;
        while (i < text.length() && TOKEN.contains(text.charAt(i))) i++;
        return i;
    }

    /// Skips a token, or a string in quotes.
    private static int skipValue(String text, int from) {
        if (!Syntax.isAt(text, from, '"')) return skipToken(text, from);
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != '"') i += text.charAt(i) == '\\' ? 2 : 1;
        return i < text.length() ? i + 1 : from;
    }

    private static String completed(String mediaType) {
        if (mediaType.isEmpty()) return DEFAULT_MEDIA_TYPE;
        return mediaType.startsWith(";") ? "text/plain" + mediaType : mediaType;
    }

    /// Padding may be left out, but not be wrong.
    private static boolean isBase64(byte[] octets) {
        int length = octets.length;
        int end = length;
        while (end > 0 && length - end < 2 && octets[end - 1] == '=') end--;
        for (int i = 0; i < end; i++) {
            int c = octets[i];
            boolean isDigit = c == '+' || c == '/' || Syntax.isDigit(c) || Syntax.isAlpha(c);
            if (!isDigit) return false;
        }
        return end % 4 != 1 && (end == length || length % 4 == 0);
    }

    /// The media type with its parameters, [#DEFAULT_MEDIA_TYPE] if there is none in the URI.
    public String mediaType() {
        return mediaType;
    }

    /// A copy of the data.
    public byte[] octets() {
        return octets.clone();
    }

    /// The data as text in the charset that the media type names, or in UTF-8 if it names none or
    /// one that is not known here.
    public String text() {
        String lower = mediaType.toLowerCase(Locale.ROOT);
        int parameter = lower.indexOf(";charset=");
        if (parameter < 0) return new String(octets, StandardCharsets.UTF_8);
        int start = parameter + ";charset=".length();
        int end = skipValue(lower, start);
        String name = lower.substring(start, end).replace("\"", "");
        boolean isKnown = !name.isEmpty() && isCharset(name);
        return new String(octets, isKnown ? Charset.forName(name) : StandardCharsets.UTF_8);
    }

    private static boolean isCharset(String name) {
        PercentSet legal = PercentSet.UNRESERVED.without("~").with("+:");
        for (int i = 0; i < name.length(); i++) {
            if (!legal.contains(name.charAt(i))) return false;
        }
        return Syntax.isIn(name.charAt(0), Syntax.SCHEME) && Charset.isSupported(name);
    }

    /// The URI of this, with the data in base64 if that is shorter than escapes.
    public Uri toUri() {
        String type = mediaType.equals(DEFAULT_MEDIA_TYPE) ? "" : mediaType;
        String head = SCHEME + ":" + PercentSet.SEGMENT.with("/").without(",").encode(type);
        String escaped = PercentSet.QUERY.encode(octets);
        String base64 = Base64.getEncoder().encodeToString(octets);
        boolean isBase64 = BASE64.length() + base64.length() < escaped.length();
        return Uri.of(head + (isBase64 ? BASE64 + "," + base64 : "," + escaped));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataUri data
                && mediaType.equals(data.mediaType)
                && Arrays.equals(octets, data.octets);
    }

    @Override
    public int hashCode() {
        return 31 * mediaType.hashCode() + Arrays.hashCode(octets);
    }

    /// The media type and how much data there is, for logs.
    @Override
    public String toString() {
        return mediaType + ", " + octets.length + " octets";
    }
}
