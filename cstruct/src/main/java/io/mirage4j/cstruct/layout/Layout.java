// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Declares a layout of octets: an interface whose methods are its fields, in order. The processor
/// `io.mirage4j:cstruct-layout` makes of `interface UdpHeader` a final class `UdpHeaderLayout` of
/// static readers and writers at `(buf, off)`.
///
/// ```java
/// @Layout(size = 8)
/// @BigEndian
/// interface UdpHeader {
///     @U16 int sourcePort();
///     @U16 int destinationPort();
///     @U16 @Range(min = 8) int length();
///     @U16 int checksum();
/// }
/// ```
///
/// What a method declares:
///
/// | field | annotation | the method returns |
/// | --- | --- | --- |
/// | number | [U8], [S8] to [U32], [S32] | `int` |
/// | number | [U40], [S40] to [U64], [S64] | `long` |
/// | number | [F32], [F64] | `float`, `double` |
/// | bits | [Bits] | `int`, `long` beyond 32, or `boolean` for one |
/// | named number | any of these but the floats | a [Codes] interface |
/// | octets | [Octets] | `Cstruct`, a window |
/// | nested layout | none | its interface |
/// | array of the above | the same and [Count] or [Tail] | the array type |
/// | reserved space | any of these | `void`: nothing reads or writes it |
///
/// Fields follow each other without a gap unless [CAligned], [Align] or [At] says otherwise; in a
/// [Union] all begin at the first octet.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Layout {
    /// How many octets the layout is known to have; a declaration that makes another number is a
    /// compile error. 0 where the reader need not be told.
    int size() default 0;
}
