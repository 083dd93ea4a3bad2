// SPDX-License-Identifier: Apache-2.0

/// What is measured, a class for each module.
@NullMarked
package io.mirage4j.benchmarks.rows;

import org.jspecify.annotations.NullMarked;
