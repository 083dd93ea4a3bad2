// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Declares the names of some numbers, so that each number means something and none is lost: a
/// sealed interface of one enum, whose constants bear a [Code], and one record of a single `int`
/// (or `long`, for fields beyond 32 bits) for every other number.
///
/// ```java
/// @Codes
/// sealed interface Operation {
///     enum Known implements Operation {
///         @Code(0) READ,
///         @Code(1) WRITE
///     }
///
///     record Unknown(int code) implements Operation {}
/// }
/// ```
///
/// The processor makes a class `OperationCodes` with `of(int)` and `code(Operation)`; only an
/// unknown number costs an object. A field of a [Layout] whose method returns the interface reads
/// and writes it.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Codes {}
