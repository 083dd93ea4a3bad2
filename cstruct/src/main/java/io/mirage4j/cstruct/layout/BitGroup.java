// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Stands on the first of some bit fields that share a number of a given width in the byte order of
/// the layout, and tells from which end they are given out. Needed only where that is not the
/// natural end (big-endian from the highest, little-endian from the lowest), or where the group is
/// aligned like a number in a [CAligned] layout.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface BitGroup {
    /// How many octets the group has, 1 to 8.
    int octets();

    /// From which end the bits are given out.
    First first();

    /// An end of a number.
    enum First {
        HIGHEST,
        LOWEST
    }
}
