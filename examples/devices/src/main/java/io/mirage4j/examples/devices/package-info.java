// SPDX-License-Identifier: Apache-2.0

/// A program that tries a board: [Devices][io.mirage4j.examples.devices.Devices] is its declaration
/// and chooses the command, the other classes are the commands.
@NullMarked
package io.mirage4j.examples.devices;

import org.jspecify.annotations.NullMarked;
