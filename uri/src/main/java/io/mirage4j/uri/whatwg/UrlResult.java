// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// What comes of parsing: the [Url] itself, or the [UrlError] that says where and why not.
///
/// ```java
/// switch (Url.parse(text)) {
///     case Url url -> open(url);
///     case UrlError error -> reject(error.message());
/// }
/// ```
public sealed interface UrlResult permits Url, UrlError {}
