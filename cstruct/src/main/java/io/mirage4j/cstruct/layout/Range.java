// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The values that `validate` lets pass, ends included; an end that is not given is that of the
/// field. Readers and writers do not look at it.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Range {
    /// The least value.
    long min() default Long.MIN_VALUE;

    /// The greatest value.
    long max() default Long.MAX_VALUE;
}
