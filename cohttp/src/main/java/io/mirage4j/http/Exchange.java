// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import io.mirage4j.cstruct.ReadOnlyCstruct;

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
