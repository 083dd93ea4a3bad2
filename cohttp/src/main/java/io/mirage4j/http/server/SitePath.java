// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.platform.Kv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// The path of a request as a key: segments decoded once, none of which leads anywhere else.
///
/// @param key without slashes around it, but for the one behind a folder; empty for the root
record SitePath(String key, boolean isFolder) {
    private static final String WELL_KNOWN = ".well-known";

    /// Empty if `path` names nothing that could be served: it is not well-formed, has `..`, an
    /// empty segment, an encoded slash or backslash, a control character, or a hidden name.
    static Optional<SitePath> parse(String path) {
        if (!path.startsWith("/")) return Optional.empty();
        if (path.length() == 1) return Optional.of(new SitePath("", true));
        var octets = ByteBuffer.allocate(path.length());
        for (int i = 1; i < path.length(); i++) {
            int c = path.charAt(i);
            if (c == '%') {
                int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(path.charAt(i + 2), 16);
                c = low < 0 ? -1 : 16 * high + low;
                if (c == '/') return Optional.empty();
                i += 2;
            }
            if (c < ' ' || c == 0x7f || c == '\\' || c > 0xff) return Optional.empty();
            octets.put((byte) c);
        }
        return utf8(octets.flip()).flatMap(SitePath::ofKey);
    }

    private static Optional<String> utf8(ByteBuffer octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(octets).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<SitePath> ofKey(String key) {
        boolean folder = key.endsWith("/");
        String name = folder ? key.substring(0, key.length() - 1) : key;
        if (!Kv.isPath(name)) return Optional.empty();
        for (String segment : name.split("/", -1)) {
            if (segment.startsWith(".") && !segment.equals(WELL_KNOWN)) return Optional.empty();
        }
        return Optional.of(new SitePath(key, folder));
    }

    /// The path again, everything but unreserved characters encoded: `//` or a backslash in a
    /// Location would lead a browser to another site.
    String emit() {
        var out = new StringBuilder("/");
        for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-._~/".indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else {
                out.append('%');
                String hex = Integer.toHexString(0x100 | c).substring(1);
                out.append(hex.toUpperCase(Locale.ROOT));
            }
        }
        return out.toString();
    }
}
