// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// What comes of parsing: the [Uri] itself, or the [UriError] that says where and why not.
///
/// ```java
/// switch (Uri.parse(text)) {
///     case Uri uri -> open(uri);
///     case UriError error -> reject(error.message());
/// }
/// ```
public sealed interface UriResult permits Uri, UriError {}
