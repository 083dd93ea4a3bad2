// SPDX-License-Identifier: Apache-2.0

/// The loop that drives an engine on a device: one thread for each stack.
@NullMarked
package io.mirage4j.platform.host.loop;

import org.jspecify.annotations.NullMarked;
