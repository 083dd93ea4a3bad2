// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// The file that a `file:` URI names (RFC 8089). The path is plain text and absolute, with `/`
/// between its segments, whatever the system.
///
/// @param host empty if the file is on this machine, which `localhost` means too
/// @param path such as `/etc/motd` or `/C:/Users`
public record FileUri(String host, String path) implements FileUriResult {
    private static final String SCHEME = "file";

    public FileUri {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no absolute path: " + path);
        }
        if (!host.isEmpty()) {
            Host.of(host);
        }
    }

    /// A file on this machine, by its absolute path on a Unix system.
    public static FileUri ofPath(String path) {
        return new FileUri("", path);
    }

    /// A file by its absolute path on Windows: `C:\Users`, or `\\server\share`.
    public static FileUri ofWindowsPath(String path) {
        String slashed = path.replace('\\', '/');
        if (isDrive(slashed, 0)) return new FileUri("", "/" + slashed);
        if (!slashed.startsWith("//")) return new FileUri("", slashed);
        int hostEnd = slashed.indexOf('/', 2);
        if (hostEnd < 0) throw new IllegalArgumentException("no share: " + path);
        if (hostEnd == 2) throw new IllegalArgumentException("no server: " + path);
        return new FileUri(slashed.substring(2, hostEnd), slashed.substring(hostEnd));
    }

    /// Takes a URI apart. The forms of RFC 8089, appendix E.2, are read as what they mean:
    /// `file:c:/x`, `file:///c|/x`.
    public static FileUriResult of(Uri uri) {
        if (!uri.hasScheme(SCHEME)) {
            return UriError.schemeSpecific(Component.SCHEME, 0, "the scheme is not file");
        }
        if (uri.hasUserinfo() || uri.portText().isPresent()) {
            return UriError.schemeSpecific(
                    Component.HOST, SCHEME.length() + 3, "a file has neither user nor port");
        }
        if (uri.hasQuery()) {
            return UriError.schemeSpecific(Component.QUERY, uri.pathEnd(), "a file has no query");
        }
        String path = uri.path();
        int escape = wrongEscape(path);
        if (escape >= 0) {
            return UriError.schemeSpecific(
                    Component.PATH,
                    uri.pathStart() + escape,
                    "an escape that no file name can have");
        }
        String decoded = PercentSet.decode(path);
        if (!decoded.startsWith("/")) {
            if (!isDrive(decoded, 0)) {
                return UriError.schemeSpecific(Component.PATH, uri.pathStart(), "no absolute path");
            }
            decoded = "/" + decoded;
        }
        String host = uri.hostText().filter(text -> !text.equalsIgnoreCase("localhost")).orElse("");
        if (isDrive(decoded, 1)) {
            decoded = decoded.substring(0, 2) + ":" + decoded.substring(3);
        }
        return new FileUri(host, decoded);
    }

    /// The index of an escape for a slash, for NUL, or for what is not UTF-8; or -1.
    private static int wrongEscape(String path) {
        for (int i = path.indexOf('%'); i >= 0; ) {
            int c = IriCharacters.escapedCodePoint(path, i);
            if (c <= 0 || c == '/') return i;
            i = path.indexOf('%', i + IriCharacters.escapedLength(c));
        }
        return -1;
    }

    /// Whether a letter and a colon, or the bar of old, stand at `index` for themselves.
    private static boolean isDrive(String path, int index) {
        return index + 1 < path.length()
                && Syntax.isAlpha(path.charAt(index))
                && (path.charAt(index + 1) == ':' || path.charAt(index + 1) == '|')
                && (index + 2 == path.length() || path.charAt(index + 2) == '/');
    }

    public boolean isLocal() {
        return host.isEmpty();
    }

    /// The path as Windows writes it, such as `C:\Users` or `\\server\share`. It names the same
    /// file in the same folders, on the same machine: where Windows would read another one, there
    /// is none.
    ///
    /// @throws IllegalStateException if a name has a backslash, which would part it, or if a local
    ///   path begins with two slashes, which would make its first name a server
    public String windowsPath() {
        if (path.indexOf('\\') >= 0) {
            throw new IllegalStateException("no path of Windows, a name has a backslash: " + path);
        }
        if (isLocal() && path.startsWith("//")) {
            throw new IllegalStateException("no path of Windows, it would name a server: " + path);
        }
        String slashed = isLocal() ? path.substring(isDrive(path, 1) ? 1 : 0) : "//" + host + path;
        return slashed.replace('/', '\\');
    }

    /// The URI of this, in the form with `//`.
    public Uri toUri() {
        return Uri.of(SCHEME + "://" + host + PercentSet.PATH.encode(path));
    }
}
