// SPDX-License-Identifier: Apache-2.0

/// The program of the site: [Website][io.mirage4j.examples.website.Website] serves pages and a zone
/// on whatever contracts it is given; [Main][io.mirage4j.examples.website.Main] gives it the
/// network of its board.
@NullMarked
package io.mirage4j.examples.website;

import org.jspecify.annotations.NullMarked;
