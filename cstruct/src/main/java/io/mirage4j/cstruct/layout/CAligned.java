// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Places fields as a C compiler does: each number at a multiple of its width, each nested layout
/// at a multiple of its strictest field, and the whole a multiple of its own. 24-, 40- and 48-bit
/// numbers, octets and bits outside a [BitGroup] have no alignment, as arrays of `char` have none.
///
/// The value 8 is the ABI of 64-bit machines; 4 is that of i386, where 64-bit numbers stand at
/// multiples of four.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface CAligned {
    /// The largest alignment that a field asks for by its nature, in octets.
    int value() default 8;
}
