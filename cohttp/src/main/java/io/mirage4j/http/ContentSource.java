// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import io.mirage4j.cstruct.Cstruct;

import java.io.IOException;

/// The content of a message, as it comes.
public interface ContentSource {
    /// What [#read] returns behind the last octet.
    int END = -1;

    /// Waits for octets, puts them at the start of `buf`, and returns how many, at least one, or
    /// [#END]. 0 only if `buf` is empty. The caller keeps `buf`.
    ///
    /// @throws IOException if the message ends too early, is malformed, too large, or late
    int read(Cstruct buf) throws IOException;

    /// The trailers; empty before [#read] returned [#END].
    Fields trailers();
}
