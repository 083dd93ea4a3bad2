// SPDX-License-Identifier: Apache-2.0

/// A server of HTTP/1.1 in direct style, on any [io.mirage4j.platform.Flow]: one virtual thread a
/// connection reads requests, calls a [io.mirage4j.http.Handler] and writes what it answers.
/// [io.mirage4j.http.server.HttpServer] is the server; the others are handlers to take as they are
/// (files, event streams, gzip, metrics) and what it is told (deadlines, limits, a log).
@NullMarked
package io.mirage4j.http.server;

import org.jspecify.annotations.NullMarked;
