// SPDX-License-Identifier: Apache-2.0

/// Every form of declaration; the tests read and write through the made classes.
@NullMarked
package io.mirage4j.cstruct.layout.tests;

import org.jspecify.annotations.NullMarked;
