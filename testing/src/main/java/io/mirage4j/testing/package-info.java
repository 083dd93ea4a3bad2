// SPDX-License-Identifier: Apache-2.0

/// What the tests of several modules share: corpora of vectors and a reader for JSON.
@NullMarked
package io.mirage4j.testing;

import org.jspecify.annotations.NullMarked;
