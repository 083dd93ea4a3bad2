// SPDX-License-Identifier: Apache-2.0

/// Makes the pages of the site from fragments, from the modules' own pages and from the benchmarks'
/// results. Runs while the site is built.
@NullMarked
package io.mirage4j.examples.website.make;

import org.jspecify.annotations.NullMarked;
