// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.cache.PrivateCache;
import io.mirage4j.http.cache.PrivateCache.Answer;
import io.mirage4j.http.cache.PrivateCache.Stored;
import io.mirage4j.platform.Clock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The private cache between a client and its servers. A response is kept once its content was read
/// to the end.
record Caching(PrivateCache cache, RequestFields requestFields, Clock clock) {
    private static final int MOST_OCTETS = 1 << 20;
    private static final long SECOND = 1_000_000_000L;

    /// How a server is asked.
    @FunctionalInterface
    interface Asking {
        ClientResponse send(ClientRequest request) throws IOException;
    }

    /// One request in the words of the cache.
    private record Question(ClientRequest request, String uri, Fields fields, long asked) {}

    ClientResponse send(ClientRequest request, Asking asking) throws IOException {
        // RFC 9110, 13.1: conditions of the caller's are about what the caller has.
        if (request.fields().contains("if-none-match")
                || request.fields().contains("if-modified-since")) {
            return asking.send(request);
        }
        var question =
                new Question(
                        request,
                        request.uri().normalize().withoutFragment().toString(),
                        requestFields.of(request, true, Optional.empty()),
                        now());
        Answer answer =
                cache.answer(request.method(), question.uri, question.fields, question.asked);
        return switch (answer) {
            case Answer.Miss() -> keep(question, asking.send(request));
            case Answer.Hit(Stored stored, long age) ->
                    stored(request, stored, withAge(stored, age));
            case Answer.Stale(Stored stored, long age, Fields conditions) -> {
                Thread.startVirtualThread(() -> refresh(question, conditions, stored, asking));
                yield stored(request, stored, withAge(stored, age));
            }
            case Answer.Validate(Fields conditions, Stored stored) ->
                    validate(question, conditions, stored, asking);
            case Answer.Unavailable() ->
                    new ClientResponse(
                            Response.of(Status.GATEWAY_TIMEOUT),
                            request.uri(),
                            new Octets(ReadOnlyCstruct.of("")),
                            () -> {});
        };
    }

    private static Fields withAge(Stored stored, long age) {
        return stored.fields().toBuilder().set("Age", Long.toString(age)).build();
    }

    /// Nobody waits for it: where it fails, what is stored stays, and gets older.
    private void refresh(Question question, Fields conditions, Stored stored, Asking asking) {
        try (ClientResponse response = validate(question, conditions, stored, asking)) {
            response.octets(MOST_OCTETS);
        } catch (IOException e) {
            // The next request that finds it stale tries again.
        } finally {
            cache.refreshed(question.uri);
        }
    }

    private ClientResponse validate(
            Question question, Fields conditions, Stored stored, Asking asking) throws IOException {
        Fields.Builder fields = question.request.fields().toBuilder();
        conditions.forEach(fields::add);
        ClientResponse response = asking.send(question.request.with(fields.build()));
        if (response.status() != Status.NOT_MODIFIED) return keep(question, response);
        response.octets(0); // so that the connection serves again
        response.close();
        Stored valid =
                cache.validated(
                                question.uri,
                                question.fields,
                                response.fields(),
                                question.asked,
                                now())
                        .orElse(stored);
        return stored(question.request, valid, valid.fields());
    }

    private static ClientResponse stored(ClientRequest request, Stored stored, Fields fields) {
        return new ClientResponse(
                new Response(stored.status(), fields),
                request.uri(),
                new Octets(stored.content()),
                () -> {});
    }

    private ClientResponse keep(Question question, ClientResponse response) {
        if (!question.request.method().isSafe()) {
            store(question, response, ReadOnlyCstruct.of(""), now());
            return response;
        }
        return response.withContent(new Kept(question, response, now()));
    }

    private void store(
            Question question, ClientResponse response, ReadOnlyCstruct content, long came) {
        cache.store(
                question.request.method(),
                question.uri,
                question.fields,
                new Stored(response.status(), response.fields(), content),
                question.asked,
                came);
    }

    private long now() {
        return Math.floorDiv(clock.wallNanos(), SECOND);
    }

    /// Content that is read from memory.
    private static final class Octets implements ContentSource {
        private ReadOnlyCstruct rest;

        Octets(ReadOnlyCstruct content) {
            rest = content;
        }

        @Override
        public int read(Cstruct buf) {
            int count = Math.min(rest.length(), buf.length());
            rest.copyTo(0, buf, 0, count);
            rest = rest.shift(count);
            return count > 0 || buf.isEmpty() ? count : END;
        }

        @Override
        public Fields trailers() {
            return Fields.NONE;
        }
    }

    /// Content that goes into the cache when it has come whole.
    private final class Kept implements ContentSource {
        private final Question question;
        private final ClientResponse response;
        private final long came;
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private boolean keeps = true;

        Kept(Question question, ClientResponse response, long came) {
            this.question = question;
            this.response = response;
            this.came = came;
        }

        @Override
        public int read(Cstruct buf) throws IOException {
            int count = response.content().read(buf);
            if (count > 0 && keeps) {
                keeps = octets.size() + count <= MOST_OCTETS;
                if (keeps) {
                    octets.writeBytes(buf.toByteArray(0, count));
                } else {
                    octets.reset();
                }
            } else if (count == END && keeps) {
                keeps = false;
                var content = ReadOnlyCstruct.of(ByteBuffer.wrap(octets.toByteArray()));
                store(question, response, content, came);
            }
            return count;
        }

        @Override
        public Fields trailers() {
            return response.content().trailers();
        }
    }
}
