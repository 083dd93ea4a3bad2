// SPDX-License-Identifier: Apache-2.0

/// ELF files as they are read here: objects for their symbols, images for what a tender wants of
/// them.
@NullMarked
package io.mirage4j.assembly.elf;

import org.jspecify.annotations.NullMarked;
