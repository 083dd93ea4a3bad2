// SPDX-License-Identifier: Apache-2.0

/// URLs as browsers read them, by the WHATWG URL Standard: [io.mirage4j.uri.whatwg.Url] and
/// [io.mirage4j.uri.whatwg.UrlSearchParams]. For identifiers by the grammar of RFC 3986 see
/// [io.mirage4j.uri.Uri].
@NullMarked
package io.mirage4j.uri.whatwg;

import org.jspecify.annotations.NullMarked;
