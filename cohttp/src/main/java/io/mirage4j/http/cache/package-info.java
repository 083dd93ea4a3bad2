// SPDX-License-Identifier: Apache-2.0

/// A private cache by RFC 9111: what may be stored, for how long it is fresh, how it is validated.
@NullMarked
package io.mirage4j.http.cache;

import org.jspecify.annotations.NullMarked;
