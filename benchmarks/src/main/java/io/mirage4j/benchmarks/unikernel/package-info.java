// SPDX-License-Identifier: Apache-2.0
/// What the rows of the module `unikernel` measure with: images, guests in C, tenders.
@NullMarked
package io.mirage4j.benchmarks.unikernel;

import org.jspecify.annotations.NullMarked;
