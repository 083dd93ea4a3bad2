// SPDX-License-Identifier: Apache-2.0

/// Structured field values (RFC 9651): a value is an [Item], a [StructuredList] or a [Dictionary],
/// parsed exactly and emitted in the one canonical form. What can be built can be emitted.
@NullMarked
package io.mirage4j.http.structured;

import org.jspecify.annotations.NullMarked;
