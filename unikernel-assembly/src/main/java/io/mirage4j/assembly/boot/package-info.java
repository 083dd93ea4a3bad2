// SPDX-License-Identifier: Apache-2.0

/// The sources of the boot layers, as solo5-bindings ships them.
@NullMarked
package io.mirage4j.assembly.boot;

import org.jspecify.annotations.NullMarked;
