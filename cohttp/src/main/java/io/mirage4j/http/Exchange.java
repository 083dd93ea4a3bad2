// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Flow;

import java.io.IOException;

/// One request and its response, as a handler sees them: nothing here belongs to one version of
/// HTTP. A message of HTTP/1.1 and a stream of HTTP/2 are both one of these.
///
/// The thread of the handler calls these; another one may read the content meanwhile.
public interface Exchange {
    Request request();

    /// The content of the request. Where the client waits for 100, the first read sends it.
    ContentSource content();

    /// Sends an interim response: 100 to 199 but 101.
    void inform(Response interim) throws IOException;

    /// Begins the response, once. Its content may be streamed; without Content-Length among the
    /// fields its end is told as the version can.
    ContentSink respond(Response head) throws IOException;

    /// Whether the client asks for another protocol on this connection: CONNECT, or Upgrade.
    default boolean asksForTunnel() {
        return false;
    }

    /// Answers that both sides now speak another protocol, and gives the flow it is spoken on: 101
    /// with an Upgrade field where the client asked for that, 200 to 299 for CONNECT. What the
    /// client has said behind its request is read first. The flow is the handler's until that
    /// returns, and then closed; only the deadline of writes holds for it.
    ///
    /// @throws IllegalStateException if the client has not asked, or its content is not read yet
    default Flow tunnel(Response head) throws IOException {
        throw new IllegalStateException("no tunnel was asked for");
    }

    /// Runs `action` when the server drains, at once if it does already: for a response or a tunnel
    /// that would go on for ever.
    default void onDrain(Runnable action) {}

    /// The whole response, with its length.
    default void respond(Response head, ReadOnlyCstruct content) throws IOException {
        Fields fields =
                head.fields().toBuilder()
                        .set("Content-Length", Integer.toString(content.length()))
                        .build();
        try (ContentSink sink = respond(new Response(head.status(), fields))) {
            sink.write(content);
        }
    }
}
