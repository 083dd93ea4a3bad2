// SPDX-License-Identifier: Apache-2.0

/// A client of HTTP/1.1 in direct style, on any [io.mirage4j.platform.Connector]:
/// [io.mirage4j.http.client.HttpClient] sends a [io.mirage4j.http.client.ClientRequest] and gives
/// the response with its content to be read.
@NullMarked
package io.mirage4j.http.client;

import org.jspecify.annotations.NullMarked;
