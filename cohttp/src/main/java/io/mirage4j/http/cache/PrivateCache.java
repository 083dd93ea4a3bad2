// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cache;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.CacheControl;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Method;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Responses that one user's client keeps (RFC 9111). It does no I/O: a client asks it before a
/// request, and tells it of responses. Times come in, as seconds since 1970. Bounded in octets;
/// what was not used for longest goes first. Any thread may use it.
public final class PrivateCache {
    /// A response as it is kept.
    public record Stored(int status, Fields fields, ReadOnlyCstruct content) {}

    /// What to do about a request.
    public sealed interface Answer {
        /// Nothing is stored that fits: ask the server.
        record Miss() implements Answer {}

        /// Serve this, with that Age.
        record Hit(Stored response, long age) implements Answer {}

        /// Serve this, with that Age, and ask the server meanwhile as for [Validate]; then tell
        /// [PrivateCache#refreshed].
        record Stale(Stored response, long age, Fields conditions) implements Answer {}

        /// Ask the server, with these conditions added; on 304 serve what [PrivateCache#validated]
        /// gives.
        record Validate(Fields conditions, Stored response) implements Answer {}

        /// 504: only-if-cached, and there is nothing.
        record Unavailable() implements Answer {}
    }

    /// One response to a key, with the request fields that it varies by.
    private record Entry(Map<String, List<String>> variant, Stored stored, long asked, long came) {
        boolean fits(Fields request) {
            return variant.entrySet().stream()
                    .allMatch(field -> normal(request, field.getKey()).equals(field.getValue()));
        }

        long octets() {
            return 1024L + stored.content.length();
        }
    }

    private final long mostOctets;
    private final LinkedHashMap<String, List<Entry>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long octets;

    /// The URIs that somebody asks for while what is stale is served.
    private final Set<String> refreshing = new HashSet<>();

    public PrivateCache(long mostOctets) {
        this.mostOctets = mostOctets;
    }

    /// What there is for a request of `uri`, which is absolute and normalized.
    public synchronized Answer answer(Method method, String uri, Fields request, long now) {
        CacheControl control = CacheControl.of(request);
        Optional<Entry> found =
                method.equals(Method.GET) || method.equals(Method.HEAD)
                        ? find(uri, request)
                        : Optional.empty();
        boolean ranged = request.contains("range");
        if (found.isEmpty() || ranged || control.has("no-store")) {
            return control.has("only-if-cached") ? new Answer.Unavailable() : new Answer.Miss();
        }
        Entry entry = found.get();
        Fields response = entry.stored.fields;
        long age = Freshness.age(response, entry.asked, entry.came, now);
        if (serves(control, request, entry, age)) return new Answer.Hit(entry.stored, age);
        if (control.has("only-if-cached")) return new Answer.Unavailable();
        Fields conditions = conditions(response);
        if (servesMeanwhile(request, entry, age)) {
            return refreshing.add(uri)
                    ? new Answer.Stale(entry.stored, age, conditions)
                    : new Answer.Hit(entry.stored, age);
        }
        return conditions.size() == 0
                ? new Answer.Miss()
                : new Answer.Validate(conditions, entry.stored);
    }

    private static Fields conditions(Fields response) {
        Fields.Builder conditions = Fields.builder();
        response.first("etag").ifPresent(tag -> conditions.add("If-None-Match", tag));
        response.first("last-modified")
                .ifPresent(date -> conditions.add("If-Modified-Since", date));
        return conditions.build();
    }

    /// Whether it may be served while the server is asked (RFC 5861, 3): not to a request that says
    /// itself how fresh it wants it.
    private static boolean servesMeanwhile(Fields request, Entry entry, long age) {
        CacheControl stored = CacheControl.of(entry.stored.fields);
        boolean says = request.contains("cache-control") || request.contains("pragma");
        if (says || stored.has("must-revalidate") || stored.hasWhole("no-cache")) return false;
        long stale = age - Freshness.lifetime(entry.stored.status, entry.stored.fields);
        return stale <= stored.seconds("stale-while-revalidate").orElse(-1);
    }

    /// The server was asked, and has answered or not: the next one that finds a stale response asks
    /// again.
    public synchronized void refreshed(String uri) {
        refreshing.remove(uri);
    }

    /// Whether it may be served without asking (4, 5.2.1).
    private static boolean serves(CacheControl control, Fields request, Entry entry, long age) {
        CacheControl stored = CacheControl.of(entry.stored.fields);
        boolean pragma = !request.contains("cache-control") && request.lists("pragma", "no-cache");
        if (control.has("no-cache") || pragma || stored.hasWhole("no-cache")) return false;
        long lifetime = Freshness.lifetime(entry.stored.status, entry.stored.fields);
        OptionalLong maxAge = control.seconds("max-age");
        if (maxAge.isPresent() && age > maxAge.getAsLong()) return false;
        OptionalLong minFresh = control.seconds("min-fresh");
        long fresh = lifetime - age - minFresh.orElse(0);
        if (fresh > 0) return true;
        if (!control.has("max-stale") || stored.has("must-revalidate")) return false;
        return control.hasWhole("max-stale") || -fresh <= control.seconds("max-stale").orElse(0);
    }

    /// Tells of a response that came whole. Keeps it where that is allowed, and drops what it makes
    /// wrong (4.4).
    public synchronized void store(
            Method method, String uri, Fields request, Stored response, long asked, long came) {
        if (!method.isSafe() && response.status < 400) {
            drop(uri);
            return;
        }
        if (!mayStore(method, request, response)) return;
        find(uri, request).ifPresent(old -> remove(uri, old));
        var entry = new Entry(variant(request, response.fields), response, asked, came);
        entries.computeIfAbsent(uri, key -> new ArrayList<>()).add(entry);
        octets += entry.octets();
        while (octets > mostOctets && !entries.isEmpty()) {
            drop(entries.keySet().iterator().next());
        }
    }

    /// A 304 came to a request with the conditions of [Answer.Validate]: what is stored, with the
    /// fields of the 304 in place of its own (3.2).
    public synchronized Optional<Stored> validated(
            String uri, Fields request, Fields notModified, long asked, long came) {
        Optional<Entry> found = find(uri, request);
        if (found.isEmpty()) return Optional.empty();
        Stored old = found.get().stored;
        Fields.Builder fields = old.fields.toBuilder();
        notModified.forEach((name, value) -> removeIfUpdated(fields, name));
        notModified.forEach(
                (name, value) -> {
                    if (isUpdated(name)) {
                        fields.add(name, value);
                    }
                });
        var updated = new Stored(old.status, fields.build(), old.content);
        remove(uri, found.get());
        store(Method.GET, uri, request, updated, asked, came);
        return Optional.of(updated);
    }

    private static void removeIfUpdated(Fields.Builder fields, String name) {
        if (isUpdated(name)) {
            fields.remove(name);
        }
    }

    private static boolean isUpdated(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "content-length",
                    "content-encoding",
                    "content-range",
                    "transfer-encoding",
                    "connection" ->
                    false;
            default -> true;
        };
    }

    /// Forgets all responses of a URI.
    public synchronized void drop(String uri) {
        List<Entry> dropped = entries.remove(uri);
        if (dropped != null) {
            dropped.forEach(entry -> octets -= entry.octets());
        }
    }

    /// The octets that are kept, with an allowance for each response's fields.
    public synchronized long octets() {
        return octets;
    }

    /// 3, as a private cache.
    private boolean mayStore(Method method, Fields request, Stored response) {
        CacheControl control = CacheControl.of(response.fields);
        boolean understood =
                response.status >= 200 && response.status != 206 && response.status != 304;
        boolean refused =
                CacheControl.of(request).has("no-store")
                        || control.has("no-store")
                        || response.fields.lists("vary", "*");
        boolean useful =
                Freshness.lifetime(response.status, response.fields) > 0
                        || response.fields.contains("etag")
                        || response.fields.contains("last-modified");
        boolean fits = response.content.length() <= mostOctets / 4;
        return method.equals(Method.GET) && understood && !refused && useful && fits;
    }

    private Optional<Entry> find(String uri, Fields request) {
        List<Entry> all = entries.get(uri);
        if (all == null) return Optional.empty();
        return all.reversed().stream().filter(entry -> entry.fits(request)).findFirst();
    }

    private void remove(String uri, Entry entry) {
        List<Entry> all = entries.get(uri);
        if (all != null && all.remove(entry)) {
            octets -= entry.octets();
            if (all.isEmpty()) {
                entries.remove(uri);
            }
        }
    }

    private static Map<String, List<String>> variant(Fields request, Fields response) {
        Map<String, List<String>> variant = new LinkedHashMap<>();
        for (String names : response.all("vary")) {
            for (String name : names.split(",", -1)) {
                if (!name.isBlank()) {
                    variant.put(
                            name.strip().toLowerCase(Locale.ROOT), normal(request, name.strip()));
                }
            }
        }
        return variant;
    }

    private static List<String> normal(Fields request, String name) {
        return request.all(name);
    }
}
