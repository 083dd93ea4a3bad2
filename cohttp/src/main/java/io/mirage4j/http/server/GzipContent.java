// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.http.CacheControl;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.EntityTag;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Method;
import io.mirage4j.http.Negotiation;
import io.mirage4j.http.Request;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.platform.MediaTypes;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Compresses what another handler responds, where the client takes gzip, the content is text of
/// some kind, is not coded or a range already, and is not known to be short. Each flush of the
/// handler reaches the client.
///
/// The entity tag becomes a weak one, since the octets are others. Who mixes secrets and what a
/// stranger chose in one page leaves this away (BREACH).
public final class GzipContent implements Handler {
    /// Less is not worth it.
    public static final int LEAST_OCTETS = 1024;

    private static final List<String> OFFERS = List.of("gzip", "identity");

    private final Handler handler;

    public GzipContent(Handler handler) {
        this.handler = handler;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        handler.handle(new Compressing(exchange));
    }

    private record Compressing(Exchange exchange) implements Exchange {
        @Override
        public Request request() {
            return exchange.request();
        }

        @Override
        public ContentSource content() {
            return exchange.content();
        }

        @Override
        public void inform(Response interim) throws IOException {
            exchange.inform(interim);
        }

        @Override
        public ContentSink respond(Response head) throws IOException {
            if (head.status() == Status.NOT_MODIFIED) return exchange.respond(notModified(head));
            if (!isCompressible(head)) return exchange.respond(head);
            Fields.Builder fields = varying(head);
            if (!Negotiation.encoding(request().fields(), OFFERS).orElse("").equals("gzip")) {
                return exchange.respond(new Response(head.status(), fields.build()));
            }
            weakTag(head).ifPresent(tag -> fields.set("ETag", tag.toString()));
            fields.remove("content-length").remove("accept-ranges").set("Content-Encoding", "gzip");
            ContentSink sink = exchange.respond(new Response(head.status(), fields.build()));
            return request().method().equals(Method.HEAD) ? sink : new GzipSink(sink);
        }

        /// RFC 9110, 15.4.5: with the tag that a 200 would have had, which is the weak one where
        /// the client has that.
        private Response notModified(Response head) {
            Optional<EntityTag> weak = weakTag(head);
            List<EntityTag> asked =
                    request()
                            .fields()
                            .list("if-none-match")
                            .flatMap(EntityTag::parseList)
                            .orElse(List.of());
            if (weak.isEmpty() || !asked.contains(weak.get())) return head;
            Fields fields = varying(head).set("ETag", weak.get().toString()).build();
            return new Response(head.status(), fields);
        }

        private static Fields.Builder varying(Response head) {
            Fields.Builder fields = head.fields().toBuilder();
            if (!head.fields().lists("vary", "accept-encoding")) {
                fields.add("Vary", "Accept-Encoding");
            }
            return fields;
        }

        private static Optional<EntityTag> weakTag(Response head) {
            return head.fields()
                    .first("etag")
                    .flatMap(EntityTag::parse)
                    .map(tag -> new EntityTag(tag.opaque(), true));
        }

        private static boolean isCompressible(Response head) {
            Fields fields = head.fields();
            String type = fields.first("content-type").orElse(MediaTypes.UNKNOWN);
            long length = fields.number("content-length").orElse(Long.MAX_VALUE);
            return head.status() != Status.NO_CONTENT
                    && head.status() != Status.NOT_MODIFIED
                    && head.status() != Status.PARTIAL_CONTENT
                    && length >= LEAST_OCTETS
                    && MediaTypes.isCompressible(type)
                    && !fields.contains("content-encoding")
                    && !fields.contains("content-range")
                    && !CacheControl.of(fields).has("no-transform");
        }
    }
}
