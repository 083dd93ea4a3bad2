// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The field always holds this value: `validate` checks it, `putConstants` writes it, and there is
/// no other writer.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Const {
    /// What an unsigned 64-bit field holds is written as the `long` with its bits.
    long value();
}
