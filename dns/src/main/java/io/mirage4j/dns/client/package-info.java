// SPDX-License-Identifier: Apache-2.0

/// A stub resolver without a socket: octets and the time go in, octets and what to do with them
/// come out. [io.mirage4j.dns.client.StubResolver] asks, one
/// [Inquiry][io.mirage4j.dns.client.Inquiry] for each question; beside it stand what a program
/// around it wants: `resolv.conf` and hosts files, the order of addresses and that of connections.
/// [io.mirage4j.dns.host.DnsClient] joins it to datagrams and flows.
@NullMarked
package io.mirage4j.dns.client;

import org.jspecify.annotations.NullMarked;
