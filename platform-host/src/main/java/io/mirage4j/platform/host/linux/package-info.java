// SPDX-License-Identifier: Apache-2.0

/// Devices of Linux by `java.lang.foreign`: TAP, passt, files with direct I/O, and the waiting for
/// them. The JVM has to be told `--enable-native-access=io.mirage4j.platform.host` (or
/// `ALL-UNNAMED`).
@NullMarked
package io.mirage4j.platform.host.linux;

import org.jspecify.annotations.NullMarked;
