// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import org.jspecify.annotations.Nullable;

/// The URL of the standard's algorithms (4.1), which they change step by step. A path that is a
/// list stands here as it is serialised, each segment with a `/` before it.
final class UrlRecord {
    String scheme = "";
    @Nullable SpecialScheme special;
    String username = "";
    String password = "";
    @Nullable String host; // null: none; empty: the empty host
    int port = Url.NO_PORT;
    boolean opaquePath;
    final StringBuilder path;
    @Nullable String query;
    @Nullable String fragment;

    /// An empty one; `pathLength` says how much room its path may want.
    UrlRecord(int pathLength) {
        path = new StringBuilder(pathLength);
    }

    UrlRecord(Url url) {
        this(url.href().length());
        setScheme(url.scheme());
        copyAuthority(url);
        copyPath(url);
        query = url.queryOrNull();
        fragment = url.fragmentOrNull();
    }

    void setScheme(String scheme) {
        this.scheme = scheme;
        special = SpecialScheme.of(scheme);
    }

    boolean isSpecial() {
        return special != null;
    }

    boolean isFile() {
        return special == SpecialScheme.FILE;
    }

    int defaultPort() {
        return special == null ? Url.NO_PORT : special.defaultPort();
    }

    boolean hasCredentials() {
        return !username.isEmpty() || !password.isEmpty();
    }

    /// User name, password, host and port.
    void copyAuthority(Url url) {
        username = url.username();
        password = url.password();
        host = url.hasHost() ? url.hostname() : null;
        port = url.portNumber();
    }

    void copyPath(Url url) {
        opaquePath = url.hasOpaquePath();
        path.setLength(0);
        path.append(url.pathname());
    }

    /// 4.2 "shorten": drops the last segment, but a drive letter stays.
    void shortenPath() {
        boolean drive = path.length() == 3 && startsWithDrive(path);
        if (isFile() && drive) return;
        path.setLength(Math.max(path.lastIndexOf("/"), 0));
    }

    /// Whether the first segment is a normalised Windows drive letter.
    static boolean startsWithDrive(CharSequence path) {
        return path.length() >= 3
                && UrlCharacters.isAlpha(path.charAt(1))
                && path.charAt(2) == ':'
                && (path.length() == 3 || path.charAt(3) == '/');
    }

    /// 4.5 "URL serializing", with the indices noted on the way.
    Url toUrl() {
        var href = new StringBuilder(64 + path.length() + (query == null ? 0 : query.length()));
        href.append(scheme);
        int schemeEnd = href.length();
        href.append(':');
        int usernameEnd = href.length();
        int hostStart = usernameEnd;
        int hostEnd = usernameEnd;
        if (host != null) {
            href.append("//").append(username);
            usernameEnd = href.length();
            if (!password.isEmpty()) {
                href.append(':').append(password);
            }
            if (hasCredentials()) {
                href.append('@');
            }
            hostStart = href.length();
            href.append(host);
            hostEnd = href.length();
            if (port != Url.NO_PORT) {
                href.append(':').append(port);
            }
        } else if (!opaquePath && path.length() > 1 && path.charAt(1) == '/') {
            href.append("/."); // so that the path does not begin as a host would
        }
        int pathStart = href.length();
        href.append(path);
        int queryStart = href.length();
        if (query != null) {
            href.append('?').append(query);
        }
        int fragmentStart = href.length();
        if (fragment != null) {
            href.append('#').append(fragment);
        }
        return new Url(
                href.toString(),
                schemeEnd,
                usernameEnd,
                hostStart,
                hostEnd,
                port,
                pathStart,
                queryStart,
                fragmentStart);
    }
}
