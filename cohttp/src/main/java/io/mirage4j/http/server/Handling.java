// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Request;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.internal.TunnelFlow;
import io.mirage4j.http.wire.ContentKind;
import io.mirage4j.http.wire.Head;
import io.mirage4j.platform.Flow;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// One request that goes to a handler, from its head to the end of the response, and what its
/// exchange asks of the connection meanwhile.
final class Handling {
    private static final ReadOnlyCstruct CONTINUE =
            ReadOnlyCstruct.of("HTTP/1.1 100 Continue\r\n\r\n");

    private final HttpServer server;
    private final Connection connection;
    private final Desk desk;
    private final Watched watched;
    private final int version;

    private boolean persistent;
    private boolean continueExpected;

    Handling(HttpServer server, Connection connection, Desk desk, Watched watched) {
        this.server = server;
        this.connection = connection;
        this.desk = desk;
        this.watched = watched;
        Head head = desk.reader.head();
        version = head.version();
        continueExpected = head.expectsContinue() && version >= 11;
    }

    /// Has it handled; tells whether another request may follow.
    boolean run() throws IOException {
        long before = desk.output.octets();
        persistent = desk.take();
        desk.output.flush(); // the handler may take its time
        int status = handle(desk.reader.head());
        desk.answered(status, before);
        return persistent;
    }

    private int handle(Head head) throws IOException {
        boolean connects = head.contentKind() == ContentKind.TUNNEL;
        persistent &= !connects;
        var content = new RequestContent(this, desk.reader, desk.input, now());
        Request request = Request.copyOf(head, server.scheme());
        var exchange = new HttpExchange(this, request, content, desk.output, head);
        desk.input.consume(desk.reader.consumed());
        IOException failure = null;
        try {
            (connects ? server.connects() : server.handler()).handle(exchange);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            server.metrics().failure();
            failure = new IOException(e.toString(), e);
        }
        connection.farewell().clear();
        Thread.interrupted(); // a handler's own
        return finish(exchange, content, failure);
    }

    private int finish(HttpExchange exchange, RequestContent content, @Nullable IOException failure)
            throws IOException {
        if (exchange.tunnelled()) {
            if (failure != null) throw failure;
            return exchange.status();
        }
        RefusedException refused = content.refused();
        ResponseContent response = exchange.response();
        if (refused != null) {
            server.metrics().refused();
            connection.lingers();
            persistent = false;
            desk.line.because(Connection.cause(refused));
        } else if (failure != null) {
            desk.line.because(Connection.cause(failure));
        }
        if (response == null) {
            if (refused != null) {
                desk.sayRefused(refused.status(), Connection.cause(refused));
                return refused.status();
            }
            if (failure == null) {
                desk.line.because("the handler has not responded");
            }
            exchange.respond(Response.of(Status.INTERNAL_SERVER_ERROR), ReadOnlyCstruct.of(""));
            response = exchange.response();
        } else if (failure != null) {
            throw failure;
        }
        if (response != null && !response.finish()) {
            throw new IOException("the content is less than Content-Length said");
        }
        persistent &= refused == null && hasRead(content);
        return exchange.status();
    }

    /// Whether the input is at the next request, or was brought there.
    private boolean hasRead(RequestContent content) throws IOException {
        if (content.ended()) return true;
        if (persistent) {
            try {
                if (desk.reader.head().contentKind() != ContentKind.NONE) {
                    desk.output.flush();
                }
                if (content.skip(server.limits().unreadOctets())) return true;
            } catch (RefusedException e) {
                desk.line.because(Connection.cause(e));
            }
        }
        connection.lingers();
        return false;
    }

    /// The handler reads content: a client that waits to be told so is told.
    void contentWanted() throws IOException {
        if (continueExpected) {
            continueExpected = false;
            if (desk.input.length() == 0) {
                desk.output.write(CONTINUE);
                desk.output.flush();
            }
        }
    }

    void closeAfterwards() {
        persistent = false;
    }

    /// The response goes on for as long as somebody listens.
    void endless() {
        watched.totalBy(Watched.NEVER);
    }

    void onDrain(Runnable action) {
        connection.farewell().add(action);
    }

    /// The head of the response was written: what follows is another protocol.
    Flow tunnel() throws IOException {
        desk.output.flush();
        desk.reader.tunnel();
        endless();
        ReadOnlyCstruct early = desk.input.window();
        desk.input.consume(early.length());
        return new TunnelFlow(watched.flow(), early, this::sendAtOnce);
    }

    /// Watched, as the writes of responses are.
    private void sendAtOnce(ReadOnlyCstruct octets) throws IOException {
        desk.output.write(octets);
        desk.output.flush();
    }

    /// What Connection has to say in the response that begins; empty for nothing.
    String connectionField() {
        if (server.isDraining() || continueExpected) {
            // RFC 9110, 10.1.1: a client that was not told to send its content may send it or not,
            // and after this it is too late to tell it.
            continueExpected = false;
            persistent = false;
        }
        if (!persistent) return "close";
        return version < 11 ? "keep-alive" : "";
    }

    long now() {
        return server.clock().nanoTime();
    }

    long totalBy() {
        return watched.totalBy();
    }

    String date() {
        return server.date();
    }

    Deadlines deadlines() {
        return server.deadlines();
    }
}
