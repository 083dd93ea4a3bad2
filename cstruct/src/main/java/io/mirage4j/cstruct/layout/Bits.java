// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A field of some bits; the method returns `int`, `long` beyond 32 bits, or `boolean` for one. Bit
/// fields that follow each other fill octets: big-endian from the highest bit, little-endian from
/// the lowest. A run must end with an octet; `@Bits(3) void reserved();` fills it up.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Bits {
    /// How many, 1 to 64.
    int value();

    /// Whether the highest bit is a sign.
    boolean signed() default false;
}
