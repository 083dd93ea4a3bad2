// SPDX-License-Identifier: Apache-2.0

/// From a program to its images: [Assembler][io.mirage4j.assembly.image.Assembler] is what a build
/// tool or a test calls.
@NullMarked
package io.mirage4j.assembly.image;

import org.jspecify.annotations.NullMarked;
