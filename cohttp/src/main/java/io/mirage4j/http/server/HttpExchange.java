// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Method;
import io.mirage4j.http.Request;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.server.ResponseContent.Framing;
import io.mirage4j.http.wire.ContentKind;
import io.mirage4j.http.wire.Head;
import io.mirage4j.http.wire.HeadWriter;
import io.mirage4j.platform.Flow;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// One request of a connection and its response, as HTTP/1 has them.
final class HttpExchange implements Exchange {
    private final Handling handling;
    private final Request request;
    private final RequestContent content;
    private final Output output;
    private final int version;
    private final boolean connects;
    private final boolean upgrades;
    private final boolean hasContent;

    private @Nullable ResponseContent response;
    private int status;
    private boolean tunnelled;

    HttpExchange(
            Handling handling, Request request, RequestContent content, Output output, Head head) {
        this.handling = handling;
        this.request = request;
        this.content = content;
        this.output = output;
        version = head.version();
        connects = head.contentKind() == ContentKind.TUNNEL;
        // RFC 9110, 7.8: from HTTP/1.0 it is ignored.
        upgrades = head.upgrade() && version >= 11;
        hasContent = head.contentKind() != ContentKind.NONE && !connects;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public ContentSource content() {
        return content;
    }

    /// The response that was begun, or null.
    @Nullable ResponseContent response() {
        return response;
    }

    /// 0 before there is one.
    int status() {
        return status;
    }

    boolean tunnelled() {
        return tunnelled;
    }

    @Override
    public boolean asksForTunnel() {
        return connects || upgrades;
    }

    @Override
    public Flow tunnel(Response head) throws IOException {
        int code = head.status();
        if (!asksForTunnel() || response != null || tunnelled || (hasContent && !content.ended())) {
            throw new IllegalStateException(
                    "not asked for, the response has begun, or the content is not read");
        }
        boolean fits =
                connects
                        ? Status.isSuccess(code)
                        : code == Status.SWITCHING_PROTOCOLS && head.fields().contains("upgrade");
        if (!fits || head.fields().contains("transfer-encoding")) {
            throw new IllegalArgumentException("a tunnel is not begun by " + head);
        }
        handling.closeAfterwards();
        writeHead(code, head.fields(), Framing.NONE, -1, upgrades && !connects ? "upgrade" : "");
        status = code;
        tunnelled = true;
        return handling.tunnel();
    }

    @Override
    public void onDrain(Runnable action) {
        handling.onDrain(action);
    }

    @Override
    public void inform(Response interim) throws IOException {
        int code = interim.status();
        if (code / 100 != 1 || code == Status.SWITCHING_PROTOCOLS) {
            throw new IllegalArgumentException("status " + code + " is not interim");
        }
        if (response != null) throw new IllegalStateException("the response has begun");
        if (version < 11) {
            return; // RFC 9110, 15.2: not to HTTP/1.0
        }
        writeHead(code, interim.fields(), Framing.NONE, -1, "");
        output.flush();
    }

    @Override
    public ContentSink respond(Response head) throws IOException {
        if (response != null || tunnelled) {
            throw new IllegalStateException("the response has begun");
        }
        int code = head.status();
        if (connects && Status.isSuccess(code)) {
            throw new IllegalArgumentException("a tunnel is not begun by respond");
        }
        Fields fields = head.fields();
        if (code < 200) throw new IllegalArgumentException("status " + code + " is interim");
        if (fields.contains("transfer-encoding")) {
            throw new IllegalArgumentException("the server frames the content");
        }
        long length = length(fields);
        boolean empty = code == Status.NO_CONTENT || code == Status.NOT_MODIFIED;
        boolean unsent = empty || request.method().equals(Method.HEAD);
        Framing framing =
                unsent
                        ? Framing.NONE
                        : length >= 0
                                ? Framing.LENGTH
                                : version >= 11 ? Framing.CHUNKED : Framing.UNTIL_CLOSE;
        if (fields.lists("connection", "close") || framing == Framing.UNTIL_CLOSE) {
            handling.closeAfterwards();
        }
        if (fields.first("content-type").orElse("").startsWith("text/event-stream")) {
            handling.endless();
        }
        boolean toldLength = code != Status.NO_CONTENT;
        writeHead(code, fields, framing, toldLength ? length : -1, handling.connectionField());
        status = code;
        var begun = new ResponseContent(output, framing, length);
        response = begun;
        return begun;
    }

    private static long length(Fields fields) {
        if (!fields.contains("content-length")) return -1;
        return fields.number("content-length")
                .orElseThrow(
                        () -> new IllegalArgumentException("Content-Length is not one number"));
    }

    private void writeHead(int code, Fields fields, Framing framing, long length, String close)
            throws IOException {
        var writer = new HeadWriter(output.room(1));
        int octets = writeHead(writer, code, fields, framing, length, close);
        if (!writer.fits()) {
            output.flush();
            var large = Cstruct.create(octets);
            writeHead(writer.over(large), code, fields, framing, length, close);
            output.write(large);
        } else {
            output.written(octets);
        }
    }

    private int writeHead(
            HeadWriter writer,
            int code,
            Fields fields,
            Framing framing,
            long length,
            String connectionField) {
        writer.status(code, Status.reason(code));
        boolean dated = code < 200;
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.name(i);
            dated |= name.equalsIgnoreCase("date");
            if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("connection")) {
                writer.field(name, fields.value(i));
            }
        }
        if (!dated) {
            writer.field("Date", handling.date());
        }
        if (!connectionField.isEmpty()) {
            writer.field("Connection", connectionField);
        }
        if (length >= 0) {
            writer.contentLength(length);
        } else if (framing == Framing.CHUNKED) {
            writer.chunked();
        }
        return writer.end();
    }
}
