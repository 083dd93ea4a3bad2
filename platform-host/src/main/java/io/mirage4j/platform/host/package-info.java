// SPDX-License-Identifier: Apache-2.0

/// The contracts on a JVM: its clocks, its random generator, its standard output. The rest is in
/// packages below.
@NullMarked
package io.mirage4j.platform.host;

import org.jspecify.annotations.NullMarked;
