// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A signed number of 48 bits; the method returns `long`.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface S48 {}
