// SPDX-License-Identifier: Apache-2.0

/// HTTP as RFC 9110 means it, whatever version carries it.
@NullMarked
package io.mirage4j.http;

import org.jspecify.annotations.NullMarked;
