// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A URI reference by the grammar of RFC 3986: a URI, or a reference relative to one. Immutable.
///
/// It holds its text and four indices, the ends of its components; these are made when asked for.
/// An accessor gives a component as it stands in the text, its twin `decoded…` with the escapes
/// undone. A component that is absent is not the same as one that is empty: `http://a?` has an
/// empty query, `http://a` none. Two are equal if their texts are; [#normalize] brings those
/// together that mean the same.
///
/// Parsing takes time linear in the length of the text, and no text makes it throw.
public final class Uri implements UriResult, Comparable<Uri> {
    /*
     * The indices, for text = "https://me@a.example:80/x/y?q#f":
     *
     *   https://me@a.example:80/x/y?q#f
     *        |                 |   | |
     *        schemeEnd         |   | queryEnd
     *                          |   pathEnd
     *                          pathStart
     *
     * schemeEnd is -1 if there is no scheme. An authority is there iff pathStart is not directly
     * behind the colon, a query iff pathEnd < queryEnd, a fragment iff queryEnd < text.length().
     * The parts of an authority are looked for in it when they are asked for: it has at most one
     * '@', and behind that a ':' only within brackets and before the port.
     */

    /// The longest text that is parsed unless the caller sets another limit, in characters.
    public static final int DEFAULT_MAX_LENGTH = 65_536;

    private final String text;
    private final int schemeEnd;
    private final int pathStart;
    private final int pathEnd;
    private final int queryEnd;

    Uri(String text, int schemeEnd, int pathStart, int pathEnd, int queryEnd) {
        this.text = text;
        this.schemeEnd = schemeEnd;
        this.pathStart = pathStart;
        this.pathEnd = pathEnd;
        this.queryEnd = queryEnd;
    }

    /// Reads a URI reference of at most [#DEFAULT_MAX_LENGTH] characters.
    public static UriResult parse(String text) {
        return parse(text, DEFAULT_MAX_LENGTH);
    }

    /// Reads a URI reference of at most `maxLength` characters.
    public static UriResult parse(String text, int maxLength) {
        if (text.length() > maxLength) return UriError.tooLong(text.length(), maxLength);
        Uri plain = PlainUri.parse(text);
        return plain == null ? UriParser.parse(text) : plain;
    }

    /// Reads a URI reference of at most [#DEFAULT_MAX_LENGTH] octets.
    public static UriResult parse(byte[] octets) {
        return parse(octets, 0, octets.length);
    }

    /// Reads a URI reference from `length` octets, at most [#DEFAULT_MAX_LENGTH] of them. The
    /// position in an error is relative to `offset`.
    public static UriResult parse(byte[] octets, int offset, int length) {
        return parse(octets, offset, length, DEFAULT_MAX_LENGTH);
    }

    /// Reads a URI reference from `length` octets, at most `maxLength` of them.
    public static UriResult parse(byte[] octets, int offset, int length, int maxLength) {
        if (length > maxLength) return UriError.tooLong(length, maxLength);
        // Latin-1 gives one character for each octet; those beyond ASCII are errors anyway.
        return parse(new String(octets, offset, length, StandardCharsets.ISO_8859_1), maxLength);
    }

    /// Reads a text that is known to be right, such as a literal, of any length.
    ///
    /// @throws IllegalArgumentException if it is not
    public static Uri of(String text) {
        return switch (parse(text, Integer.MAX_VALUE)) {
            case Uri uri -> uri;
            case UriError error -> throw new IllegalArgumentException(error.message());
        };
    }

    /// Makes a URI of any text of at most [#DEFAULT_MAX_LENGTH] characters, and tells what had to
    /// be repaired.
    public static LenientResult parseLenient(String text) {
        return parseLenient(text, DEFAULT_MAX_LENGTH);
    }

    /// Makes a URI of any text of at most `maxLength` characters, and tells what had to be
    /// repaired.
    public static LenientResult parseLenient(String text, int maxLength) {
        return switch (parse(text, maxLength)) {
            case Uri uri -> new Repaired(uri, List.of());
            case UriError error when error.cause() == UriError.Cause.TOO_LONG -> error;
            case UriError _ -> new LenientParser(text).parse();
        };
    }

    public static UriBuilder builder() {
        return new UriBuilder();
    }

    /// A builder that has all components of this.
    public UriBuilder toBuilder() {
        return new UriBuilder(this);
    }

    /// Whether this is a relative reference, that is, has no scheme.
    public boolean isRelative() {
        return schemeEnd < 0;
    }

    public Optional<String> scheme() {
        return schemeEnd < 0 ? Optional.empty() : Optional.of(text.substring(0, schemeEnd));
    }

    /// Whether the scheme is this one, in whatever case.
    public boolean hasScheme(String scheme) {
        return schemeEnd == scheme.length() && text.regionMatches(true, 0, scheme, 0, schemeEnd);
    }

    public boolean hasAuthority() {
        return pathStart > schemeEnd + 1;
    }

    /// User information, host and port, with the delimiters between them.
    public Optional<String> authority() {
        if (!hasAuthority()) return Optional.empty();
        return Optional.of(text.substring(authorityStart(), pathStart));
    }

    public boolean hasUserinfo() {
        return hasAuthority() && hostStart() > authorityStart();
    }

    public Optional<String> userinfo() {
        if (!hasUserinfo()) return Optional.empty();
        return Optional.of(text.substring(authorityStart(), hostStart() - 1));
    }

    public Optional<String> decodedUserinfo() {
        return userinfo().map(PercentSet::decode);
    }

    /// The host as a value of its kind.
    public Optional<Host> host() {
        if (!hasAuthority()) return Optional.empty();
        int start = hostStart();
        return Optional.of(Host.of(text, start, hostEnd(start)));
    }

    /// The host as it stands in the text, an IPv6 address in its brackets.
    public Optional<String> hostText() {
        if (!hasAuthority()) return Optional.empty();
        int start = hostStart();
        return Optional.of(text.substring(start, hostEnd(start)));
    }

    /// The number of the port, or -1 if there is none or an empty one. The grammar knows no limit:
    /// a number that is too large for an `int` gives `Integer.MAX_VALUE`.
    public int port() {
        int start = hasAuthority() ? hostEnd(hostStart()) + 1 : pathStart;
        if (start >= pathStart) return -1;
        long port = 0;
        for (int i = start; i < pathStart; i++) {
            port = Math.min(port * 10 + text.charAt(i) - '0', Integer.MAX_VALUE);
        }
        return (int) port;
    }

    /// The port, the one that is usual for the scheme if there is none, or -1 if that is not known.
    public int portOrDefault() {
        int port = port();
        return port >= 0 || schemeEnd < 0 ? port : Services.port(text.substring(0, schemeEnd));
    }

    /// The digits behind the host, of which there may be none after the colon.
    public Optional<String> portText() {
        if (!hasAuthority()) return Optional.empty();
        int hostEnd = hostEnd(hostStart());
        if (hostEnd == pathStart) return Optional.empty();
        return Optional.of(text.substring(hostEnd + 1, pathStart));
    }

    /// The path, which every URI has, though it may be empty.
    public String path() {
        return text.substring(pathStart, pathEnd);
    }

    public String decodedPath() {
        return PercentSet.decode(path());
    }

    /// Whether the path begins with a `/`.
    public boolean isPathAbsolute() {
        return pathStart < pathEnd && text.charAt(pathStart) == '/';
    }

    /// What stands between the slashes of the path, the escapes undone. A slash at the beginning
    /// begins the first segment and one at the end leaves an empty last one: `/a/` has the segments
    /// `a` and the empty text, the empty path has none.
    public List<String> segments() {
        List<String> segments = new ArrayList<>(rawSegments());
        segments.replaceAll(PercentSet::decode);
        return Collections.unmodifiableList(segments);
    }

    /// The segments as they stand in the text.
    public List<String> rawSegments() {
        if (pathStart == pathEnd) return List.of();
        List<String> segments = new ArrayList<>();
        int start = isPathAbsolute() ? pathStart + 1 : pathStart;
        for (int i = start; i < pathEnd; i++) {
            if (text.charAt(i) == '/') {
                segments.add(text.substring(start, i));
                start = i + 1;
            }
        }
        segments.add(text.substring(start, pathEnd));
        return Collections.unmodifiableList(segments);
    }

    public boolean hasQuery() {
        return pathEnd < queryEnd;
    }

    public Optional<String> query() {
        return hasQuery() ? Optional.of(text.substring(pathEnd + 1, queryEnd)) : Optional.empty();
    }

    public Optional<String> decodedQuery() {
        return query().map(PercentSet::decode);
    }

    /// The query as the `name=value` pairs of a form, in which `+` is a space; empty if there is no
    /// query. See [Query#parse] for queries in which `+` is itself.
    public Query parameters() {
        return query().map(Query::parseForm).orElse(Query.EMPTY_FORM);
    }

    public boolean hasFragment() {
        return queryEnd < text.length();
    }

    public Optional<String> fragment() {
        return hasFragment() ? Optional.of(text.substring(queryEnd + 1)) : Optional.empty();
    }

    public Optional<String> decodedFragment() {
        return fragment().map(PercentSet::decode);
    }

    /// Scheme, host and port (RFC 6454, 4); none if the scheme is not one of [Services] or there is
    /// no host.
    public Optional<Origin> origin() {
        return Origin.of(this);
    }

    /// This with the escapes of characters beyond ASCII undone where they may stand (RFC 3987,
    /// 3.2).
    public Iri toIri() {
        return Iri.of(this);
    }

    /// What `reference` means in a document that this is the URI of (RFC 3986, 5.2), strictly: a
    /// reference with a scheme means itself.
    ///
    /// @throws IllegalStateException if this has no scheme; a relative reference is no base
    public Uri resolve(Uri reference) {
        return Resolution.resolve(this, reference, reference.scheme());
    }

    /// As [#resolve], but a reference with the scheme of the base is taken as if it had none, which
    /// is how some old documents mean it.
    public Uri resolveLoosely(Uri reference) {
        boolean sameScheme = reference.scheme().filter(this::hasScheme).isPresent();
        Optional<String> scheme = sameScheme ? Optional.empty() : reference.scheme();
        return Resolution.resolve(this, reference, scheme);
    }

    /// The shortest simple reference that [#resolve] takes back to `target`; this is `target`
    /// itself if it has another scheme or authority.
    public Uri relativize(Uri target) {
        return Relativization.relativize(this, target);
    }

    /// The same identifier with these differences in writing gone (RFC 3986, 6.2). Doing it twice
    /// changes nothing more.
    public Uri normalize(Set<Normalization> normalizations) {
        return NormalForm.of(this, normalizations);
    }

    /// The same identifier with these differences in writing gone.
    public Uri normalize(Normalization... normalizations) {
        Set<Normalization> set = EnumSet.noneOf(Normalization.class);
        set.addAll(Arrays.asList(normalizations));
        return normalize(set);
    }

    /// The same identifier with every difference in writing gone that RFC 3986, 6.2 speaks of.
    public Uri normalize() {
        return normalize(EnumSet.allOf(Normalization.class));
    }

    public Uri withScheme(String scheme) {
        return toBuilder().scheme(scheme).build();
    }

    public Uri withUserinfo(String userinfo) {
        return toBuilder().userinfo(userinfo).build();
    }

    public Uri withoutUserinfo() {
        return toBuilder().noUserinfo().build();
    }

    public Uri withHost(String host) {
        return toBuilder().host(host).build();
    }

    public Uri withPort(int port) {
        return toBuilder().port(port).build();
    }

    public Uri withoutPort() {
        return toBuilder().noPort().build();
    }

    public Uri withPath(String path) {
        return toBuilder().path(path).build();
    }

    /// Adds segments behind the last one, or in the place of an empty last one; they are escaped as
    /// needed.
    public Uri appendSegments(String... segments) {
        return toBuilder().appendSegments(segments).build();
    }

    public Uri withQuery(String query) {
        return toBuilder().query(query).build();
    }

    /// Sets the query, or takes it away if `query` is empty.
    public Uri withQuery(Query query) {
        return toBuilder().query(query).build();
    }

    public Uri withoutQuery() {
        return toBuilder().noQuery().build();
    }

    public Uri withFragment(String fragment) {
        return toBuilder().fragment(fragment).build();
    }

    public Uri withoutFragment() {
        return hasFragment() ? toBuilder().noFragment().build() : this;
    }

    /// Whether this is `//host` and nothing more.
    boolean isHostOnly() {
        return schemeEnd < 0
                && pathStart == text.length()
                && hasAuthority()
                && hostStart() == 2
                && hostEnd(2) == pathStart;
    }

    int pathStart() {
        return pathStart;
    }

    int pathEnd() {
        return pathEnd;
    }

    private int authorityStart() {
        return schemeEnd + 3;
    }

    /// There must be an authority.
    private int hostStart() {
        int start = authorityStart();
        int at = text.indexOf('@', start, pathStart);
        return at < 0 ? start : at + 1;
    }

    /// There must be an authority, with its host beginning at `hostStart`.
    private int hostEnd(int hostStart) {
        boolean isLiteral = hostStart < pathStart && text.charAt(hostStart) == '[';
        int from = isLiteral ? text.indexOf(']', hostStart) : hostStart;
        int colon = text.indexOf(':', from, pathStart);
        return colon < 0 ? pathStart : colon;
    }

    @Override
    public int compareTo(Uri other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Uri uri && text.equals(uri.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// The text, exactly as it was parsed.
    @Override
    public String toString() {
        return text;
    }
}
