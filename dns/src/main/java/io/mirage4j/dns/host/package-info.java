// SPDX-License-Identifier: Apache-2.0

/// The authoritative server and the client on datagrams and flows, kernel sockets or others:
/// [io.mirage4j.dns.host.DnsServer], what changes its zones, [io.mirage4j.dns.host.ZoneStore], and
/// [io.mirage4j.dns.host.DnsClient]. Direct style, on virtual threads.
@NullMarked
package io.mirage4j.dns.host;

import org.jspecify.annotations.NullMarked;
