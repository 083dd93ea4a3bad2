// SPDX-License-Identifier: Apache-2.0

/// The tool that makes bootable images of programs and runs them.
@NullMarked
package io.mirage4j.assembly;

import org.jspecify.annotations.NullMarked;
