// SPDX-License-Identifier: Apache-2.0

/// The results, for people who were not there.
@NullMarked
package io.mirage4j.benchmarks.report;

import org.jspecify.annotations.NullMarked;
