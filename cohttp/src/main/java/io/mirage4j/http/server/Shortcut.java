// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.http.wire.Head;

import org.jspecify.annotations.Nullable;

/// Answers requests where they stand in the input, before anything is copied out of it: the way
/// for what is asked often and is always the same. Responses to pipelined requests leave together.
///
/// A shortcut must not block and, to be worth it, not allocate; then nothing on the way does, but
/// for a view of the input where requests differ in length.
@FunctionalInterface
public interface Shortcut {
    /// Leaves everything to the handler.
    Shortcut NONE = _ -> null;

    /// The response to a GET or HEAD without content, or null where it is for the handler.
    /// `request` is valid until this returns.
    @Nullable Prepared find(Head request);
}
