// SPDX-License-Identifier: Apache-2.0

/// Runs a declared program on a JVM: a board of the host below the program's own `main`.
@NullMarked
package io.mirage4j.assembly.host;

import org.jspecify.annotations.NullMarked;
