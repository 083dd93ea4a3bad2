// SPDX-License-Identifier: Apache-2.0

/// Windows over memory.
@NullMarked
package io.mirage4j.cstruct;

import org.jspecify.annotations.NullMarked;
