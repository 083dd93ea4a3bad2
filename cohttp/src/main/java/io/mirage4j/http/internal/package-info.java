// SPDX-License-Identifier: Apache-2.0

/// What the server and the client share, and nobody else needs.
@NullMarked
package io.mirage4j.http.internal;

import org.jspecify.annotations.NullMarked;
