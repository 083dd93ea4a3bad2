// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.idna.Idna;
import io.mirage4j.uri.idna.IdnaResult;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// A URL by the WHATWG URL Standard: what a browser makes of a text. Immutable.
///
/// Parsing repairs what people write, in the one way that browsers agree on: it takes backslashes
/// for slashes, resolves `..`, encodes what needs it, writes hosts in their one form. So two texts
/// mean the same if their URLs are [equal][#equals], and the text of a URL parses to itself.
///
/// Accessors bear the names, and have the results, of the standard's `URL` interface: an absent
/// component is the empty string, and `search` has its `?`. What assigning to such an attribute
/// does is done here by a method that gives the changed URL, and `this` if the standard ignores the
/// value.
///
/// No text makes parsing throw, and it takes time linear in the length of the text, times its
/// logarithm for a host beyond ASCII. A surrogate without its partner is read as U+FFFD.
public final class Url implements UrlResult {
    /*
     * The indices, for href = "https://me:pw@a.example:8080/x?q#f":
     *
     *   https://me:pw@a.example:8080/x?q#f
     *        |    |   |        |    | | |
     *        |    |   |        |    | | fragmentStart
     *        |    |   |        |    | queryStart
     *        |    |   |        |    pathStart
     *        |    |   |        hostEnd
     *        |    |   hostStart
     *        |    usernameEnd
     *        schemeEnd
     *
     * Without a host, usernameEnd, hostStart and hostEnd are behind the colon of the scheme.
     * A query is there iff queryStart < fragmentStart, a fragment iff fragmentStart <
     * href.length().
     */

    /// What [#portNumber] gives when there is none.
    public static final int NO_PORT = -1;

    private static final String OPAQUE_ORIGIN = "null";

    private final String href;
    private final int schemeEnd;
    private final int usernameEnd;
    private final int hostStart;
    private final int hostEnd;
    private final int port;
    private final int pathStart;
    private final int queryStart;
    private final int fragmentStart;

    Url(
            String href,
            int schemeEnd,
            int usernameEnd,
            int hostStart,
            int hostEnd,
            int port,
            int pathStart,
            int queryStart,
            int fragmentStart) {
        this.href = href;
        this.schemeEnd = schemeEnd;
        this.usernameEnd = usernameEnd;
        this.hostStart = hostStart;
        this.hostEnd = hostEnd;
        this.port = port;
        this.pathStart = pathStart;
        this.queryStart = queryStart;
        this.fragmentStart = fragmentStart;
    }

    /// Reads an absolute URL.
    public static UrlResult parse(String text) {
        return parse(text, UrlOptions.DEFAULT);
    }

    /// Reads a URL that may be relative to a base, or be from a document in a legacy encoding.
    public static UrlResult parse(String text, UrlOptions options) {
        int length = text.length();
        if (length > options.maxLength()) return UrlError.tooLong(length, options.maxLength());
        Url plain = PlainUrls.parse(text);
        return plain != null ? plain : UrlParser.parse(text, options);
    }

    /// Reads a text that is known to be right, such as a literal, of any length.
    ///
    /// @throws IllegalArgumentException if it is not
    public static Url of(String text) {
        return switch (parse(text, UrlOptions.DEFAULT.withMaxLength(Integer.MAX_VALUE))) {
            case Url url -> url;
            case UrlError error -> throw new IllegalArgumentException(error.message());
        };
    }

    public static boolean canParse(String text) {
        return parse(text) instanceof Url;
    }

    public static boolean canParse(String text, UrlOptions options) {
        return parse(text, options) instanceof Url;
    }

    /// Everything that keeps `text` from being a valid URL string, in the order in which the
    /// standard's parser meets it. What ends the parsing comes last.
    public static List<UrlFinding> findings(String text) {
        return findings(text, UrlOptions.DEFAULT);
    }

    /// Everything that keeps `text` from being a valid URL string with these options.
    public static List<UrlFinding> findings(String text, UrlOptions options) {
        if (text.length() > options.maxLength()) {
            return List.of(new UrlFinding(ValidationError.TOO_LONG, options.maxLength()));
        }
        return UrlParser.findings(text, options);
    }

    /// What `reference` means in a document that this is the URL of.
    public UrlResult resolve(String reference) {
        return parse(reference, UrlOptions.DEFAULT.withBase(this));
    }

    /// The URL as text, in ASCII.
    public String href() {
        return href;
    }

    /// The scheme and its colon.
    public String protocol() {
        return href.substring(0, schemeEnd + 1);
    }

    public String scheme() {
        return href.substring(0, schemeEnd);
    }

    /// Whether the scheme is one that the standard knows: `http`, `https`, `ws`, `wss`, `ftp`,
    /// `file`.
    public boolean isSpecial() {
        return SpecialScheme.of(scheme()) != null;
    }

    public String username() {
        int start = Math.min(schemeEnd + 3, usernameEnd);
        return href.substring(start, usernameEnd);
    }

    public String password() {
        if (hostStart - usernameEnd < 2) return "";
        return href.substring(usernameEnd + 1, hostStart - 1);
    }

    /// Whether there is a host, be it the empty one as in `file:///`.
    public boolean hasHost() {
        return hostStart > schemeEnd + 1;
    }

    /// Host and port.
    public String host() {
        return href.substring(hostStart, port == NO_PORT ? hostEnd : pathStart);
    }

    /// The host, an IPv6 address in its brackets.
    public String hostname() {
        return href.substring(hostStart, hostEnd);
    }

    /// The host with its punycode undone, to be shown to people; [#hostname] if that is no domain.
    public String unicodeHostname() {
        String host = hostname();
        if (!isSpecial() || host.startsWith("[")) return host;
        return switch (Idna.WEB.toUnicode(host)) {
            case IdnaResult.Domain(String name) -> name;
            case IdnaResult.Invalid _ -> host;
        };
    }

    /// Whether the host has the lengths of a name in the DNS: labels of 1 to 63 octets, 253 in all,
    /// a dot at the end aside. Parsing does not ask for that.
    public boolean hasDnsLength() {
        return HostParser.hasDnsLength(hostname());
    }

    /// The port in digits; empty if there is none or it is the default of the scheme.
    public String port() {
        return port == NO_PORT ? "" : Integer.toString(port);
    }

    /// The port, or [#NO_PORT] where [#port] is empty.
    public int portNumber() {
        return port;
    }

    /// The port, or the default of the scheme, or [#NO_PORT].
    public int portOrDefault() {
        SpecialScheme special = port == NO_PORT ? SpecialScheme.of(scheme()) : null;
        return special == null ? port : special.defaultPort();
    }

    public String pathname() {
        return href.substring(pathStart, queryStart);
    }

    /// Whether the path is just a text, as in `mailto:me@a.example`, and not segments.
    public boolean hasOpaquePath() {
        return !hasHost() && (pathStart == queryStart || href.charAt(pathStart) != '/');
    }

    /// The query with its `?`; empty if there is none or an empty one.
    public String search() {
        return fragmentStart - queryStart < 2 ? "" : href.substring(queryStart, fragmentStart);
    }

    /// The query, which may be there and be empty.
    public Optional<String> query() {
        return Optional.ofNullable(queryOrNull());
    }

    @Nullable String queryOrNull() {
        return queryStart < fragmentStart ? href.substring(queryStart + 1, fragmentStart) : null;
    }

    /// The query as the pairs of a form, to be read, or changed and given to [#withSearchParams].
    public UrlSearchParams searchParams() {
        return UrlSearchParams.parse(search());
    }

    /// The fragment with its `#`; empty if there is none or an empty one.
    public String hash() {
        return href.length() - fragmentStart < 2 ? "" : href.substring(fragmentStart);
    }

    /// The fragment, which may be there and be empty.
    public Optional<String> fragment() {
        return Optional.ofNullable(fragmentOrNull());
    }

    @Nullable String fragmentOrNull() {
        return fragmentStart < href.length() ? href.substring(fragmentStart + 1) : null;
    }

    /// Who answers for this, as `scheme://host:port`; `null` as a word for an opaque origin, which
    /// is the same as none, not even itself.
    public String origin() {
        if (!hasHost()) return isBlob() ? blobOrigin() : OPAQUE_ORIGIN;
        SpecialScheme special = SpecialScheme.of(scheme());
        if (special == null || special == SpecialScheme.FILE) return OPAQUE_ORIGIN;
        return scheme() + "://" + host();
    }

    /// Whether both have the same origin, which is not an opaque one.
    public boolean isSameOrigin(Url other) {
        String origin = origin();
        return !origin.equals(OPAQUE_ORIGIN) && origin.equals(other.origin());
    }

    /// The result of parsing `value`: assigning to `href` is to begin anew.
    public UrlResult withHref(String value) {
        return parse(value);
    }

    /// With another scheme. A special scheme is only ever replaced by a special one.
    public Url withProtocol(String value) {
        return UrlParser.modify(this, value + ":", UrlState.SCHEME_START);
    }

    public Url withUsername(String value) {
        if (cannotHaveCredentialsOrPort()) return this;
        var url = new UrlRecord(this);
        url.username = PercentEncoder.encode(value, PercentEncodeSets.USERINFO);
        return changed(url);
    }

    public Url withPassword(String value) {
        if (cannotHaveCredentialsOrPort()) return this;
        var url = new UrlRecord(this);
        url.password = PercentEncoder.encode(value, PercentEncodeSets.USERINFO);
        return changed(url);
    }

    /// With another host and, where `value` has one, another port.
    public Url withHost(String value) {
        return hasOpaquePath() ? this : UrlParser.modify(this, value, UrlState.HOST);
    }

    public Url withHostname(String value) {
        return hasOpaquePath() ? this : UrlParser.modify(this, value, UrlState.HOSTNAME);
    }

    /// With the port that `value` begins with; with none if it is empty.
    public Url withPort(String value) {
        if (cannotHaveCredentialsOrPort()) return this;
        if (!value.isEmpty()) return UrlParser.modify(this, value, UrlState.PORT);
        var url = new UrlRecord(this);
        url.port = NO_PORT;
        return changed(url);
    }

    public Url withPathname(String value) {
        if (hasOpaquePath()) return this;
        var url = new UrlRecord(this);
        url.path.setLength(0);
        return UrlParser.modify(this, url, value, UrlState.PATH_START);
    }

    /// With another query, with or without its `?`; with none if `value` is empty.
    public Url withSearch(String value) {
        var url = new UrlRecord(this);
        url.query = value.isEmpty() ? null : "";
        if (value.isEmpty()) return changed(url);
        String query = value.startsWith("?") ? value.substring(1) : value;
        return UrlParser.modify(this, url, query, UrlState.QUERY);
    }

    /// With these pairs as the query; with none if there are no pairs.
    public Url withSearchParams(UrlSearchParams params) {
        var url = new UrlRecord(this);
        url.query = params.size() == 0 ? null : params.toString();
        return changed(url);
    }

    /// With another fragment, with or without its `#`; with none if `value` is empty.
    public Url withHash(String value) {
        var url = new UrlRecord(this);
        url.fragment = value.isEmpty() ? null : "";
        if (value.isEmpty()) return changed(url);
        String fragment = value.startsWith("#") ? value.substring(1) : value;
        return UrlParser.modify(this, url, fragment, UrlState.FRAGMENT);
    }

    /// This if `url` is no different.
    Url changed(UrlRecord url) {
        Url changed = url.toUrl();
        return changed.equals(this) ? this : changed;
    }

    private boolean cannotHaveCredentialsOrPort() {
        return hostStart == hostEnd || SpecialScheme.of(scheme()) == SpecialScheme.FILE;
    }

    private boolean isBlob() {
        return schemeEnd == 4 && href.startsWith("blob");
    }

    /// A blob URL has the origin of the URL in its path, if that is a web page's.
    private String blobOrigin() {
        if (!(UrlParser.parse(pathname(), UrlOptions.DEFAULT) instanceof Url page)) {
            return OPAQUE_ORIGIN;
        }
        SpecialScheme special = SpecialScheme.of(page.scheme());
        boolean web = special == SpecialScheme.HTTP || special == SpecialScheme.HTTPS;
        return web ? page.origin() : OPAQUE_ORIGIN;
    }

    /// Whether both are the same but for the fragment.
    public boolean equalsWithoutFragment(Url other) {
        return fragmentStart == other.fragmentStart
                && href.regionMatches(0, other.href, 0, fragmentStart);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Url url && href.equals(url.href);
    }

    @Override
    public int hashCode() {
        return href.hashCode();
    }

    /// The same as [#href].
    @Override
    public String toString() {
        return href;
    }
}
