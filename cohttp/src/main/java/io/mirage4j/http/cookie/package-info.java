// SPDX-License-Identifier: Apache-2.0

/// Cookies by RFC 6265bis: what a server sets, what a client keeps and sends back.
@NullMarked
package io.mirage4j.http.cookie;

import org.jspecify.annotations.NullMarked;
