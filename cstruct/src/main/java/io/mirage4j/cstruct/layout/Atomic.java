// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A field that two sides share: its readers and writers say their memory order (`reqProdAcquire`,
/// `putReqProdRelease`, `…Opaque`, `…Volatile`, `compareAndSet…`, `getAndAdd…`) and there is no
/// plain one. For [U32], [S32], [U64] and [S64] at a multiple of their width, in the byte order of
/// the machine, which is little-endian wherever this runs.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Atomic {}
