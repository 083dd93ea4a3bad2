// SPDX-License-Identifier: Apache-2.0

/// Doubles of the contracts that live in memory, for tests and for programs that talk to
/// themselves. They do what the contracts say and nothing at random.
@NullMarked
package io.mirage4j.platform.memory;

import org.jspecify.annotations.NullMarked;
