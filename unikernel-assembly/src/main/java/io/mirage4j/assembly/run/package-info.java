// SPDX-License-Identifier: Apache-2.0

/// Runs images and classes: joins what a program declares with what a user has, and writes the
/// command lines and domain files that follow.
@NullMarked
package io.mirage4j.assembly.run;

import org.jspecify.annotations.NullMarked;
