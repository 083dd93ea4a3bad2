// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.io.Closeable;
import java.io.IOException;

/// Where the content of a message goes. Octets of a response to HEAD, or with a status that has no
/// content, are counted and not sent.
public interface ContentSink extends Closeable {
    /// Sends all of `content`, waiting while the other end is slow. The caller keeps it, and may
    /// change it once this returns.
    ///
    /// @throws IOException if the other end went away, or if this is more than Content-Length said
    void write(ReadOnlyCstruct content) throws IOException;

    /// Sends what was held back.
    void flush() throws IOException;

    /// Ends the content with trailers, where the version and the client can have them.
    void close(Fields trailers) throws IOException;

    /// Ends the content. If it is less than Content-Length said, the connection or stream is cut,
    /// so that the other end sees it.
    @Override
    default void close() throws IOException {
        close(Fields.NONE);
    }
}
