// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An array that ends the layout: of octets if the method returns `Cstruct`, of numbers, octets or
/// nested layouts if it returns an array. Its length is `field * times + plus`, in elements
/// ([#count]) or octets ([#octets]); with neither, it goes as far as the window does.
///
/// ```java
/// @U16 int totalLength();
/// // ...
/// @Tail(octets = "totalLength", plus = -20) Cstruct payload();
/// ```
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Tail {
    /// The field that tells how many elements there are; empty where none does.
    String count() default "";

    /// The field that tells how many octets there are; empty where none does.
    String octets() default "";

    /// What one unit of that field stands for, 1 to 32767.
    int times() default 1;

    /// What is added to the product; negative where the field counts more than the tail.
    int plus() default 0;
}
