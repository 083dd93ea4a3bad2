// SPDX-License-Identifier: Apache-2.0

/// Identifiers of the web by RFC 3986: [io.mirage4j.uri.Uri] and what its parts are made of.
@NullMarked
package io.mirage4j.uri;

import org.jspecify.annotations.NullMarked;
