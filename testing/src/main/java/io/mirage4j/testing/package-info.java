// SPDX-License-Identifier: Apache-2.0

/// What the tests of several modules share: corpora of vectors, a reader for JSON, programs of
/// others, a project outside of this tree.
@NullMarked
package io.mirage4j.testing;

import org.jspecify.annotations.NullMarked;
