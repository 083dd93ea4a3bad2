// SPDX-License-Identifier: Apache-2.0

/// Content in one blob: what it looks like, how it is written, and how it is read in place.
@NullMarked
package io.mirage4j.crunch;

import org.jspecify.annotations.NullMarked;
