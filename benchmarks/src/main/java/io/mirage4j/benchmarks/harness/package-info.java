// SPDX-License-Identifier: Apache-2.0

/// What a row is, and how it is measured.
@NullMarked
package io.mirage4j.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
