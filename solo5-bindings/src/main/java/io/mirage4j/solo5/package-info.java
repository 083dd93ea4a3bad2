// SPDX-License-Identifier: Apache-2.0

/// The board under a unikernel: [Machine][io.mirage4j.solo5.Machine] hands out the devices that the
/// image declared and tells about the guest. On a JVM the classes are there and refuse to be used.
@NullMarked
package io.mirage4j.solo5;

import org.jspecify.annotations.NullMarked;
