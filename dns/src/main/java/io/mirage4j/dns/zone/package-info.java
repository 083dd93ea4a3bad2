// SPDX-License-Identifier: Apache-2.0

/// Zones as a server holds them: immutable, laid out so that an answer is a lookup and some copies.
/// [io.mirage4j.dns.zone.ZoneBuilder] makes and checks one, [io.mirage4j.dns.zone.Zones] finds the
/// zone of a name, [io.mirage4j.dns.zone.Lookup] answers from it.
@NullMarked
package io.mirage4j.dns.zone;

import org.jspecify.annotations.NullMarked;
