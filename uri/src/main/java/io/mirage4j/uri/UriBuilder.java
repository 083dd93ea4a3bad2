// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Puts a [Uri] together from its components. What is not set is absent; the path is empty.
///
/// A component is given as it is to stand in the URI, escapes and all; its twin `decoded…`, and all
/// that takes segments or parameters, takes plain text and escapes what needs it. [#build] gives a
/// URI that has exactly these components, or throws if there is none.
public final class UriBuilder {
    private @Nullable String scheme;
    private @Nullable String userinfo;
    private @Nullable String host;
    private @Nullable String port;
    private final StringBuilder path = new StringBuilder();
    private @Nullable String query;
    private @Nullable String fragment;

    UriBuilder() {}

    UriBuilder(Uri uri) {
        scheme = uri.scheme().orElse(null);
        userinfo = uri.userinfo().orElse(null);
        host = uri.hostText().orElse(null);
        port = uri.portText().orElse(null);
        path.append(uri.path());
        query = uri.query().orElse(null);
        fragment = uri.fragment().orElse(null);
    }

    public UriBuilder scheme(String scheme) {
        this.scheme = scheme;
        return this;
    }

    public UriBuilder noScheme() {
        scheme = null;
        return this;
    }

    public UriBuilder userinfo(String userinfo) {
        this.userinfo = userinfo;
        return this;
    }

    public UriBuilder decodedUserinfo(String userinfo) {
        return userinfo(PercentSet.USERINFO.encode(userinfo));
    }

    public UriBuilder noUserinfo() {
        userinfo = null;
        return this;
    }

    /// Sets the host; an IPv6 address stands in brackets.
    public UriBuilder host(String host) {
        this.host = host;
        return this;
    }

    public UriBuilder host(Host host) {
        return host(host.toString());
    }

    /// Sets a registered name as the host.
    public UriBuilder decodedHost(String name) {
        return host(PercentSet.REG_NAME.encode(name));
    }

    /// Takes away host, user information and port.
    public UriBuilder noAuthority() {
        host = null;
        return noUserinfo().noPort();
    }

    public UriBuilder port(int port) {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("no port: " + port);
        this.port = Integer.toString(port);
        return this;
    }

    public UriBuilder noPort() {
        port = null;
        return this;
    }

    public UriBuilder path(String path) {
        this.path.setLength(0);
        this.path.append(path);
        return this;
    }

    /// Sets a path of these segments, with a slash before each of them.
    public UriBuilder segments(List<String> segments) {
        path.setLength(0);
        segments.forEach(this::appendSegment);
        return this;
    }

    /// Sets a path of these segments, with a slash before each of them.
    public UriBuilder segments(String... segments) {
        return segments(Arrays.asList(segments));
    }

    /// Adds segments behind the last one, or in the place of an empty last one.
    public UriBuilder appendSegments(String... segments) {
        int last = path.length() - 1;
        if (segments.length > 0 && last >= 0 && path.charAt(last) == '/') {
            path.setLength(last);
        }
        for (String segment : segments) appendSegment(segment);
        return this;
    }

    private void appendSegment(String segment) {
        path.append('/').append(PercentSet.SEGMENT.encode(segment));
    }

    public UriBuilder query(String query) {
        this.query = query;
        return this;
    }

    /// Sets the query, or takes it away if `query` is empty.
    public UriBuilder query(Query query) {
        this.query = query.isEmpty() ? null : query.toString();
        return this;
    }

    public UriBuilder decodedQuery(String query) {
        return query(PercentSet.QUERY.encode(query));
    }

    public UriBuilder noQuery() {
        query = null;
        return this;
    }

    public UriBuilder fragment(String fragment) {
        this.fragment = fragment;
        return this;
    }

    public UriBuilder decodedFragment(String fragment) {
        return fragment(PercentSet.FRAGMENT.encode(fragment));
    }

    public UriBuilder noFragment() {
        fragment = null;
        return this;
    }

    /// The URI of these components.
    ///
    /// @throws IllegalArgumentException if a component has characters that it cannot have, or if
    ///   the components would be read differently once they stand together: a user or a port
    ///   without a host, a path that does not begin with a slash behind a host, one that begins
    ///   with two without a host, one with a colon in the first segment without a scheme
    public Uri build() {
        checkTogether();
        Uri uri = Uri.of(text());
        checkSame("scheme", scheme, uri.scheme());
        checkSame("userinfo", userinfo, uri.userinfo());
        checkSame("host", host, uri.hostText());
        checkSame("port", port, uri.portText());
        checkSame("path", path.toString(), Optional.of(uri.path()));
        checkSame("query", query, uri.query());
        checkSame("fragment", fragment, uri.fragment());
        return uri;
    }

    /// What no component is wrong in by itself (RFC 3986, 3.2 and 3.3).
    private void checkTogether() {
        if (host == null && userinfo != null) {
            throw new IllegalArgumentException("userinfo without a host: " + userinfo);
        }
        if (host == null && port != null) {
            throw new IllegalArgumentException("port without a host: " + port);
        }
        boolean rooted = path.indexOf("/") == 0;
        if (host != null && !rooted && !path.isEmpty()) {
            throw new IllegalArgumentException(
                    "path behind a host does not begin with a slash: " + path);
        }
        if (host == null && path.indexOf("//") == 0) {
            throw new IllegalArgumentException(
                    "path without a host begins with two slashes, begin it with '/.' instead: "
                            + path);
        }
        int colon = path.indexOf(":");
        int slash = path.indexOf("/");
        if (scheme == null && host == null && colon >= 0 && (slash < 0 || colon < slash)) {
            throw new IllegalArgumentException(
                    "path without a scheme has a colon in its first segment, begin it with './': "
                            + path);
        }
    }

    private static void checkSame(String component, @Nullable String given, Optional<String> read) {
        if (!read.equals(Optional.ofNullable(given))) {
            throw new IllegalArgumentException(
                    component + " would be read as '" + read.orElse("") + "': " + given);
        }
    }

    private String text() {
        var out = new StringBuilder();
        if (scheme != null) {
            out.append(scheme).append(':');
        }
        if (host != null) {
            out.append("//");
        }
        if (userinfo != null) {
            out.append(userinfo).append('@');
        }
        if (host != null) {
            out.append(host);
        }
        if (port != null) {
            out.append(':').append(port);
        }
        out.append(path);
        if (query != null) {
            out.append('?').append(query);
        }
        if (fragment != null) {
            out.append('#').append(fragment);
        }
        return out.toString();
    }
}
