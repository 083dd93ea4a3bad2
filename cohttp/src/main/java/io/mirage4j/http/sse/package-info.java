// SPDX-License-Identifier: Apache-2.0

/// Server-sent events (WHATWG HTML, 9.2) as values: written, and read out of any pieces.
@NullMarked
package io.mirage4j.http.sse;

import org.jspecify.annotations.NullMarked;
