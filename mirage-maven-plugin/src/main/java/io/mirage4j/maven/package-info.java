// SPDX-License-Identifier: Apache-2.0

/// The goals `mirage:crunch`, `mirage:image` and `mirage:run`.
@NullMarked
package io.mirage4j.maven;

import org.jspecify.annotations.NullMarked;
