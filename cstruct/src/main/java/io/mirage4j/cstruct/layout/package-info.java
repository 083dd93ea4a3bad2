// SPDX-License-Identifier: Apache-2.0

/// Declared layouts: annotations that say where the fields of a header or a shared page lie, from
/// which the processor `io.mirage4j:cstruct-layout` makes static readers and writers. Begin at
/// [io.mirage4j.cstruct.layout.Layout]. The annotations are not needed at run time; what the made
/// classes return and write to is [io.mirage4j.cstruct.layout.Verdict] and
/// [io.mirage4j.cstruct.layout.Description].
@NullMarked
package io.mirage4j.cstruct.layout;

import org.jspecify.annotations.NullMarked;
