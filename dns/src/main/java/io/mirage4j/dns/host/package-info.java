// SPDX-License-Identifier: Apache-2.0

/// The authoritative server on datagrams and flows, kernel sockets or others:
/// [io.mirage4j.dns.host.DnsServer], and what changes its zones, [io.mirage4j.dns.host.ZoneStore].
/// Direct style, on virtual threads.
@NullMarked
package io.mirage4j.dns.host;

import org.jspecify.annotations.NullMarked;
