// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The number that a constant of a [Codes] enum stands for.
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Code {
    /// The number.
    long value();
}
