// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ByteRange;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.EntityTag;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Handler;
import io.mirage4j.http.HttpDate;
import io.mirage4j.http.MediaType;
import io.mirage4j.http.Method;
import io.mirage4j.http.MultipartRanges;
import io.mirage4j.http.Negotiation;
import io.mirage4j.http.Preconditions;
import io.mirage4j.http.Request;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.MediaTypes;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Serves the values of a [Kv] by GET and HEAD: with entity tags, dates, conditions, ranges, and
/// the coded variants that the store has.
///
/// A folder is its `index.html`, and asked for without the slash at its end redirects to it with
/// one. Names that begin with a dot are not served, but for `.well-known`.
public final class StaticContent implements Handler {
    private static final String INDEX = "index.html";
    private static final String CACHED = "public, max-age=";

    /// Values up to this are sent as the store has them; longer ones go through a buffer.
    private static final int PIECE = 64 << 10;

    /// Of longer ones; each time the store looks whether the value is still the same.
    private static final int AT_ONCE = 128 << 10;

    private final Kv kv;
    private final long maxAgeSeconds;
    private final String notFoundPage;
    private final Tags tags = new Tags();

    private StaticContent(Kv kv, long maxAgeSeconds, String notFoundPage) {
        this.kv = kv;
        this.maxAgeSeconds = maxAgeSeconds;
        this.notFoundPage = notFoundPage;
    }

    /// Clients ask each time whether what they have is still good.
    public static StaticContent of(Kv kv) {
        return new StaticContent(kv, 0, "");
    }

    /// Clients may take what they have for so long without asking.
    public StaticContent withMaxAge(long seconds) {
        return new StaticContent(kv, seconds, notFoundPage);
    }

    /// What is sent with 404, if the store has it.
    public StaticContent withNotFoundPage(String path) {
        return new StaticContent(kv, maxAgeSeconds, path);
    }

    /// The same answers made ready, for a store that does not change: most of what is asked then
    /// goes past the handler. Made ready are values that fit a buffer, the first 4,096 of them;
    /// each takes a kibibyte or two beside what the store has.
    ///
    /// ```java
    /// StaticContent content = StaticContent.of(kv);
    /// HttpServer.builder(content, clock).shortcut(content.prepared()).build();
    /// ```
    ///
    /// @throws IOException if the store can not be read
    public Shortcut prepared() throws IOException {
        return PreparedContent.of(kv, this);
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        Request request = exchange.request();
        boolean head = request.method().equals(Method.HEAD);
        if (!head && !request.method().equals(Method.GET)) {
            boolean options = request.method().equals(Method.OPTIONS);
            say(exchange, options ? Status.NO_CONTENT : Status.METHOD_NOT_ALLOWED);
            return;
        }
        Optional<SitePath> path = SitePath.parse(request.path());
        if (path.isEmpty()) {
            notFound(exchange);
            return;
        }
        String key = path.get().key() + (path.get().isFolder() ? INDEX : "");
        Kv.Value value = key.isEmpty() ? null : kv.find(key);
        if (value != null) {
            send(exchange, key, value);
        } else if (!path.get().isFolder() && kv.find(path.get().key() + "/" + INDEX) != null) {
            String query = request.query().map(q -> "?" + q).orElse("");
            exchange.respond(
                    Response.of(
                            Status.PERMANENT_REDIRECT, "Location", path.get().emit() + "/" + query),
                    ReadOnlyCstruct.of(""));
        } else {
            notFound(exchange);
        }
    }

    private static void say(Exchange exchange, int status) throws IOException {
        Fields fields = Fields.of("Allow", "GET, HEAD, OPTIONS");
        exchange.respond(new Response(status, fields), ReadOnlyCstruct.of(""));
    }

    private void notFound(Exchange exchange) throws IOException {
        Kv.Value page = notFoundPage.isEmpty() ? null : kv.find(notFoundPage);
        if (page == null || page.size() > PIECE) {
            exchange.respond(
                    Response.of(Status.NOT_FOUND, "Content-Type", "text/plain; charset=utf-8"),
                    ReadOnlyCstruct.of("404 Not Found\n"));
        } else {
            exchange.respond(
                    Response.of(Status.NOT_FOUND, "Content-Type", type(notFoundPage, page)),
                    page.read(0, (int) page.size()));
        }
    }

    private static String type(String key, Kv.Value value) {
        String known = value.mediaType();
        return known != null ? known : MediaTypes.of(key);
    }

    private void send(Exchange exchange, String key, Kv.Value plain) throws IOException {
        Request request = exchange.request();
        List<String> codings = new ArrayList<>();
        Kv.Value value = plain;
        String coding = "identity";
        boolean isEncoded = false;
        // A range is of the plain form: a client that asks for one puts it together with others.
        for (String offer : List.of("br", "gzip")) {
            if (plain.encoded(offer) != null) {
                codings.add(offer);
            }
        }
        if (!codings.isEmpty() && !request.fields().contains("range")) {
            List<String> offers = new ArrayList<>(codings);
            offers.add("identity");
            coding =
                    request.fields().contains("accept-encoding")
                            ? Negotiation.encoding(request.fields(), offers).orElse("identity")
                            : "identity";
            Kv.Value encoded = coding.equals("identity") ? null : plain.encoded(coding);
            isEncoded = encoded != null;
            value = encoded != null ? encoded : plain;
        }
        EntityTag tag = tags.of(isEncoded ? key + ";" + coding : key, value);
        long modified = value.lastModified().getEpochSecond();
        var fields = Fields.builder();
        fields.add("ETag", tag.toString()).add("Last-Modified", HttpDate.emit(modified));
        fields.add("Cache-Control", maxAgeSeconds > 0 ? CACHED + maxAgeSeconds : "no-cache");
        if (!codings.isEmpty()) {
            fields.add("Vary", "Accept-Encoding");
        }
        var current = Preconditions.Current.of(tag, modified);
        switch (Preconditions.judge(request.method(), request.fields(), current)) {
            case NOT_MODIFIED ->
                    exchange.respond(new Response(Status.NOT_MODIFIED, fields.build())).close();
            case FAILED ->
                    exchange.respond(
                            Response.of(Status.PRECONDITION_FAILED), ReadOnlyCstruct.of(""));
            case PROCEED -> {
                if (isEncoded) {
                    fields.add("Content-Encoding", coding);
                }
                fields.add("X-Content-Type-Options", "nosniff");
                fields.add("Accept-Ranges", "bytes");
                ranges(exchange, type(key, plain), value, current, fields);
            }
        }
    }

    private static void ranges(
            Exchange exchange,
            String type,
            Kv.Value value,
            Preconditions.Current current,
            Fields.Builder fields)
            throws IOException {
        Request request = exchange.request();
        // RFC 9110, 14.2: with another method than GET a Range means nothing.
        Optional<String> range =
                request.method().equals(Method.GET)
                        ? request.fields().only("range")
                        : Optional.empty();
        ByteRange.Request asked =
                range.isPresent() && Preconditions.allowsRange(request.fields(), current)
                        ? ByteRange.parse(range.get(), value.size())
                        : new ByteRange.Request.Whole();
        switch (asked) {
            case ByteRange.Request.Whole() -> {
                fields.add("Content-Type", type);
                part(exchange, Status.OK, value, 0, value.size(), fields.build());
            }
            case ByteRange.Request.Unsatisfiable() -> {
                fields.add("Content-Range", ByteRange.unsatisfied(value.size()));
                exchange.respond(
                        new Response(Status.RANGE_NOT_SATISFIABLE, fields.build()),
                        ReadOnlyCstruct.of(""));
            }
            case ByteRange.Request.Parts(List<ByteRange> parts) when parts.size() == 1 -> {
                ByteRange one = parts.getFirst();
                fields.add("Content-Type", type);
                fields.add("Content-Range", one.contentRange(value.size()));
                part(
                        exchange,
                        Status.PARTIAL_CONTENT,
                        value,
                        one.first(),
                        one.length(),
                        fields.build());
            }
            case ByteRange.Request.Parts(List<ByteRange> parts) ->
                    multipart(exchange, type, value, parts, fields);
        }
    }

    private static void part(
            Exchange exchange, int status, Kv.Value value, long off, long length, Fields fields)
            throws IOException {
        boolean head = exchange.request().method().equals(Method.HEAD);
        // What can not be read shall fail before the head is out.
        boolean small = length <= PIECE;
        ReadOnlyCstruct all = small && !head ? value.read(off, (int) length) : null;
        Fields framed = fields.toBuilder().add("Content-Length", Long.toString(length)).build();
        try (ContentSink sink = exchange.respond(new Response(status, framed))) {
            if (all != null) {
                sink.write(all);
            } else if (!head) {
                try (Arena arena = Arena.ofConfined()) {
                    copy(value, off, length, sink, buffer(arena, length));
                }
            }
        }
    }

    /// Native, since the kernel reads and writes the octets where they are.
    private static Cstruct buffer(Arena arena, long length) {
        return Cstruct.allocate(arena, (int) Math.min(length, AT_ONCE), Long.BYTES);
    }

    private static void copy(
            Kv.Value value, long off, long length, ContentSink sink, Cstruct buffer)
            throws IOException {
        long end = off + length;
        for (long at = off; at < end; at += buffer.length()) {
            int count = (int) Math.min(buffer.length(), end - at);
            Cstruct piece = count == buffer.length() ? buffer : buffer.sub(0, count);
            value.read(at, piece);
            sink.write(piece);
        }
    }

    private static void multipart(
            Exchange exchange,
            String type,
            Kv.Value value,
            List<ByteRange> parts,
            Fields.Builder fields)
            throws IOException {
        var multipart =
                new MultipartRanges(parts, MediaType.parse(type), value.size(), boundary(value));
        fields.add("Content-Type", multipart.mediaType().emit());
        fields.add("Content-Length", Long.toString(multipart.contentLength()));
        var buffer = Cstruct.create(PIECE);
        try (ContentSink sink =
                exchange.respond(new Response(Status.PARTIAL_CONTENT, fields.build()))) {
            for (int i = 0; i < parts.size(); i++) {
                sink.write(ReadOnlyCstruct.of(multipart.before(i)));
                copy(value, parts.get(i).first(), parts.get(i).length(), sink, buffer);
            }
            sink.write(ReadOnlyCstruct.of(multipart.end()));
        }
    }

    /// Of the digest: nobody can write a text that has its own digest in it.
    private static String boundary(Kv.Value value) throws IOException {
        return Tags.hex(value.digest(), Tags.TAG_OCTETS, 12);
    }
}
