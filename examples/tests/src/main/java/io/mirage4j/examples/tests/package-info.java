// SPDX-License-Identifier: Apache-2.0

/// The examples that have a network as one program, so that one image is enough to test them.
@NullMarked
package io.mirage4j.examples.tests;

import org.jspecify.annotations.NullMarked;
