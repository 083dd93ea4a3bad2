// SPDX-License-Identifier: Apache-2.0

/// Names, records, messages and zone files. [io.mirage4j.dns.MessageView] and
/// [io.mirage4j.dns.MessageWriter] are the hot path, [io.mirage4j.dns.Message] is its value;
/// [io.mirage4j.dns.ZoneReader] reads master files.
@NullMarked
package io.mirage4j.dns;

import org.jspecify.annotations.NullMarked;
