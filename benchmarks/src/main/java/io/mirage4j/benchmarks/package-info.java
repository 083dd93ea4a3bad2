// SPDX-License-Identifier: Apache-2.0

/// The paired benchmarks of the collection.
@NullMarked
package io.mirage4j.benchmarks;

import org.jspecify.annotations.NullMarked;
