// SPDX-License-Identifier: Apache-2.0

/// Zones from server to server (RFC 5936, RFC 1995), octets and the time in, octets out:
/// [io.mirage4j.dns.transfer.TransferWriter] fills messages with a zone or with its changes,
/// [io.mirage4j.dns.transfer.TransferReader] makes a zone of them,
/// [io.mirage4j.dns.transfer.Secondary] knows when, and [io.mirage4j.dns.transfer.Notifier] tells
/// the others.
@NullMarked
package io.mirage4j.dns.transfer;

import org.jspecify.annotations.NullMarked;
