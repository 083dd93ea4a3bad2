// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;

import java.io.IOException;
import java.util.OptionalLong;

/// What a request carries. Content of known length goes as that, any other in chunks.
public interface ClientContent {
    ClientContent NONE = of(ReadOnlyCstruct.of(""));

    /// Octets, which can be sent again.
    static ClientContent of(ReadOnlyCstruct octets) {
        return new ClientContent() {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(octets.length());
            }

            @Override
            public boolean isRepeatable() {
                return true;
            }

            @Override
            public void writeTo(ContentSink sink) throws IOException {
                sink.write(octets);
            }
        };
    }

    default OptionalLong length() {
        return OptionalLong.empty();
    }

    /// Whether [#writeTo] may be called again, which redirects and retries need.
    default boolean isRepeatable() {
        return false;
    }

    /// Writes it; the client closes the sink.
    void writeTo(ContentSink sink) throws IOException;
}
