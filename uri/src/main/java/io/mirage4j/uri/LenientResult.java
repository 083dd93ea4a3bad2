// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// What comes of lenient parsing: a [Repaired], or the [UriError] of a text that is too long.
public sealed interface LenientResult permits Repaired, UriError {}
