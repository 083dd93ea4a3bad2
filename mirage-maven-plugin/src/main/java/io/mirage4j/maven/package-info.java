// SPDX-License-Identifier: Apache-2.0

/// The goal `mirage:image`.
@NullMarked
package io.mirage4j.maven;

import org.jspecify.annotations.NullMarked;
