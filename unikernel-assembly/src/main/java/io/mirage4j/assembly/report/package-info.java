// SPDX-License-Identifier: Apache-2.0

/// What is in a program and in its image: devices, arguments, libraries, octets.
@NullMarked
package io.mirage4j.assembly.report;

import org.jspecify.annotations.NullMarked;
