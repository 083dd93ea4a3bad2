// SPDX-License-Identifier: Apache-2.0

/// An authoritative server without a socket: a request's octets and the time go in, the answer's
/// octets come out. [io.mirage4j.dns.server.Responder] is all of it; [io.mirage4j.dns.host] joins
/// it to datagrams and flows.
@NullMarked
package io.mirage4j.dns.server;

import org.jspecify.annotations.NullMarked;
