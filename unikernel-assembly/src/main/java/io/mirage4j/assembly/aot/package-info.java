// SPDX-License-Identifier: Apache-2.0

/// From a class path to one relocatable object: runs the native-image builder in a JVM of its own
/// and does what its missing driver would have done. Knows no target.
@NullMarked
package io.mirage4j.assembly.aot;

import org.jspecify.annotations.NullMarked;
