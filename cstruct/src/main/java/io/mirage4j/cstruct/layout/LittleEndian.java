// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The least significant octet comes first, in all of a layout or in one field; bits count from the
/// lowest.
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.CLASS)
public @interface LittleEndian {}
