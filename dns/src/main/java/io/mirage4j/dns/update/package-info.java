// SPDX-License-Identifier: Apache-2.0

/// Zones that change while they are served: [io.mirage4j.dns.update.Update] is dynamic update (RFC
/// 2136), [io.mirage4j.dns.update.Journal] keeps a zone and its changes on a disk, through a loss
/// of power.
@NullMarked
package io.mirage4j.dns.update;

import org.jspecify.annotations.NullMarked;
