// SPDX-License-Identifier: Apache-2.0

/// From declaration to source in three steps: [DeclarationReader] takes what the annotations say,
/// [Placement] gives every field its place and judges it, [LayoutSource] writes the class. Whatever
/// is wrong on the way is a [Fault] on the element that is wrong.
@NullMarked
package io.mirage4j.cstruct.layout.processor;

import org.jspecify.annotations.NullMarked;
