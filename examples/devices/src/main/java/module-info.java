// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// A program that tries a board: its devices, memory, threads, clock, and the ways to fail.
@NullMarked
module io.mirage4j.examples.devices {
    requires io.mirage4j.platform;
    requires static org.jspecify;
}
