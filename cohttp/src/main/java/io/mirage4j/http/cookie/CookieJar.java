// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cookie;

import io.mirage4j.uri.Host;
import io.mirage4j.uri.Uri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The cookies that a client keeps, and which of them go with a request (RFC 6265bis, 5.7 and 5.8).
/// Times come in, as seconds since 1970. Bounded: the ones that were not used for longest go first.
/// Any thread may use it.
public final class CookieJar {
    /// Cookies of one domain, and of all.
    public static final int MOST_OF_A_DOMAIN = 50;

    public static final int MOST = 3000;

    private static final class Kept {
        final SetCookie cookie;
        final String domain;
        final boolean hostOnly;
        final String path;
        final OptionalLong end;
        final long created;
        long used;

        Kept(
                SetCookie cookie,
                String domain,
                boolean hostOnly,
                String path,
                OptionalLong end,
                long created,
                long used) {
            this.cookie = cookie;
            this.domain = domain;
            this.hostOnly = hostOnly;
            this.path = path;
            this.end = end;
            this.created = created;
            this.used = used;
        }

        boolean isSame(Kept other) {
            return cookie.name().equals(other.cookie.name())
                    && domain.equals(other.domain)
                    && hostOnly == other.hostOnly
                    && path.equals(other.path);
        }

        boolean isOver(long now) {
            return end.isPresent() && end.getAsLong() <= now;
        }
    }

    private final PublicSuffixes suffixes;
    private final List<Kept> kept = new ArrayList<>();
    private long turns;

    public CookieJar(PublicSuffixes suffixes) {
        this.suffixes = suffixes;
    }

    /// Takes a Set-Cookie field of a response to `uri`, if it may be taken.
    public boolean set(Uri uri, String field, long nowSeconds) {
        return set(uri, Optional.empty(), field, nowSeconds);
    }

    /// Takes a Set-Cookie field of a response that `initiator` had asked for, if it may be taken.
    public synchronized boolean set(
            Uri uri, Optional<Initiator> initiator, String field, long nowSeconds) {
        Optional<SetCookie> parsed = SetCookie.parse(field);
        String host = host(uri);
        if (parsed.isEmpty() || host.isEmpty()) return false;
        SetCookie cookie = parsed.get();
        String domain = cookie.domain();
        if (!domain.isEmpty() && suffixes.isPublicSuffix(domain)) {
            if (!domain.equals(host)) return false;
            domain = "";
        }
        if (!domain.isEmpty() && !covers(domain, uri, host)) return false;
        if (!mayBeSet(cookie, isSecure(uri))) return false;
        // 5.7, 18: what is for one site is not set from another, unless the user goes there.
        if (cookie.sameSite() != SetCookie.SameSite.NONE
                && isCrossSite(uri, initiator)
                && !initiator.map(Initiator::navigation).orElse(true)) {
            return false;
        }
        boolean hostOnly = domain.isEmpty();
        var fresh =
                new Kept(
                        cookie,
                        hostOnly ? host : domain,
                        hostOnly,
                        cookie.path().isEmpty() ? defaultPath(uri) : cookie.path(),
                        cookie.end(nowSeconds),
                        turns,
                        turns++);
        return keep(fresh, isSecure(uri), nowSeconds);
    }

    private boolean keep(Kept fresh, boolean secure, long now) {
        // 5.7, 17: what came over TLS is not overlaid by what did not.
        for (Kept old : kept) {
            if (!secure && old.cookie.secure() && overlays(fresh, old)) return false;
        }
        long created = fresh.created;
        for (Kept old : kept) {
            if (old.isSame(fresh)) {
                created = old.created;
            }
        }
        kept.removeIf(old -> old.isSame(fresh) || old.isOver(now));
        if (fresh.isOver(now)) return true;
        kept.add(
                new Kept(
                        fresh.cookie,
                        fresh.domain,
                        fresh.hostOnly,
                        fresh.path,
                        fresh.end,
                        created,
                        fresh.used));
        evict(kept.stream().filter(c -> c.domain.equals(fresh.domain)).toList(), MOST_OF_A_DOMAIN);
        evict(List.copyOf(kept), MOST);
        return true;
    }

    private static boolean overlays(Kept fresh, Kept old) {
        return fresh.cookie.name().equals(old.cookie.name())
                && (isBelow(fresh.domain, old.domain) || isBelow(old.domain, fresh.domain))
                && pathMatches(fresh.path, old.path);
    }

    private void evict(List<Kept> some, int most) {
        if (some.size() > most) {
            some.stream().min(Comparator.comparingLong(c -> c.used)).ifPresent(kept::remove);
        }
    }

    private static boolean mayBeSet(SetCookie cookie, boolean secure) {
        if (cookie.secure() && !secure) return false;
        if (cookie.sameSite() == SetCookie.SameSite.NONE && !cookie.secure()) return false;
        if (SetCookie.hasPrefix(cookie.name(), "__secure-") && !cookie.secure()) return false;
        return !SetCookie.hasPrefix(cookie.name(), "__host-")
                || (cookie.secure() && cookie.domain().isEmpty() && cookie.path().equals("/"));
    }

    /// The Cookie field for a request to `uri` of the user's own, or nothing.
    public Optional<String> field(Uri uri, long nowSeconds) {
        return field(uri, Optional.empty(), true, nowSeconds);
    }

    /// The Cookie field for a request to `uri` that `initiator` has sent, or nothing. Longer paths
    /// first, then older ones.
    ///
    /// @param safe whether the method is
    public synchronized Optional<String> field(
            Uri uri, Optional<Initiator> initiator, boolean safe, long nowSeconds) {
        boolean crossSite = isCrossSite(uri, initiator);
        boolean visits = safe && initiator.map(Initiator::navigation).orElse(true);
        kept.removeIf(cookie -> cookie.isOver(nowSeconds));
        String host = host(uri);
        String path = uri.path().isEmpty() ? "/" : uri.path();
        List<Kept> fitting = new ArrayList<>();
        for (Kept cookie : kept) {
            boolean domain =
                    cookie.hostOnly ? cookie.domain.equals(host) : covers(cookie.domain, uri, host);
            boolean secure = !cookie.cookie.secure() || isSecure(uri);
            boolean site = !crossSite || crosses(cookie.cookie.sameSite(), visits);
            if (domain && secure && site && pathMatches(path, cookie.path)) {
                cookie.used = turns;
                fitting.add(cookie);
            }
        }
        turns++;
        fitting.sort(
                Comparator.<Kept>comparingInt(c -> -c.path.length())
                        .thenComparingLong(c -> c.created));
        List<Cookie> pairs =
                fitting.stream().map(c -> new Cookie(c.cookie.name(), c.cookie.value())).toList();
        return pairs.isEmpty() ? Optional.empty() : Optional.of(Cookie.emit(pairs));
    }

    /// 5.8.3: whether it goes with a request of another site's.
    private static boolean crosses(SetCookie.SameSite sameSite, boolean visits) {
        return switch (sameSite) {
            case NONE -> true;
            case LAX, DEFAULT -> visits;
            case STRICT -> false;
        };
    }

    /// 5.2: a site is a scheme and what could be registered of a name.
    private boolean isCrossSite(Uri uri, Optional<Initiator> initiator) {
        return initiator
                .map(Initiator::site)
                .filter(site -> isSecure(site) != isSecure(uri) || !isSameName(site, uri))
                .isPresent();
    }

    private boolean isSameName(Uri a, Uri b) {
        return !host(a).isEmpty() && registrable(a).equals(registrable(b));
    }

    /// The longest public suffix of a host and one label more; the host itself where that is none.
    private String registrable(Uri uri) {
        String host = host(uri);
        if (uri.host().filter(h -> h instanceof Host.RegName).isEmpty()) return host;
        String last = host;
        for (String rest = host; !suffixes.isPublicSuffix(rest); ) {
            int dot = rest.indexOf('.');
            if (dot < 0) return host;
            last = rest;
            rest = rest.substring(dot + 1);
        }
        return last;
    }

    public synchronized int size() {
        return kept.size();
    }

    /// The user ends the session: what has no end of its own goes.
    public synchronized void endSession() {
        kept.removeIf(cookie -> cookie.end.isEmpty());
    }

    private static String host(Uri uri) {
        return uri.hostText().orElse("").toLowerCase(Locale.ROOT);
    }

    private static boolean isSecure(Uri uri) {
        return uri.hasScheme("https") || uri.hasScheme("wss");
    }

    /// 5.1.3: addresses are below nothing.
    private static boolean covers(String domain, Uri uri, String host) {
        boolean name = uri.host().filter(h -> h instanceof Host.RegName).isPresent();
        return name ? isBelow(host, domain) : host.equals(domain);
    }

    private static boolean isBelow(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    /// 5.1.4.
    private static boolean pathMatches(String request, String path) {
        return request.equals(path)
                || (request.startsWith(path)
                        && (path.endsWith("/") || request.charAt(path.length()) == '/'));
    }

    private static String defaultPath(Uri uri) {
        int slash = uri.path().lastIndexOf('/');
        return slash <= 0 || !uri.path().startsWith("/") ? "/" : uri.path().substring(0, slash);
    }
}
