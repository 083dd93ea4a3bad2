// SPDX-License-Identifier: Apache-2.0

/// An authoritative name server: [Main][io.mirage4j.examples.dns.Main] is told what
/// [Options][io.mirage4j.examples.dns.Options] list, [Setup][io.mirage4j.examples.dns.Setup] knows
/// what that means for each zone, [ZoneKeeper][io.mirage4j.examples.dns.ZoneKeeper] reads the
/// zones, again when they change.
@NullMarked
package io.mirage4j.examples.dns;

import org.jspecify.annotations.NullMarked;
