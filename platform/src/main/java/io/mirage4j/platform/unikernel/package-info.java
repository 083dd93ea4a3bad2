// SPDX-License-Identifier: Apache-2.0

/// What a program says of itself beside its `main`: its name, the devices that it wants, the
/// arguments that it takes. The same [Declaration][io.mirage4j.platform.unikernel.Declaration] is
/// read where an image is made (manifest, help, command lines) and where the program runs (its
/// arguments and its devices), on a JVM as in an image.
///
/// ```java
/// static final Argument<String> NAME = Argument.text("name").help("whom to greet").orElse("world");
///
/// public static final Declaration HELLO = Declaration.named("hello").argument(NAME).build();
///
/// public static void main(String[] args) {
///     HELLO.main(args, Hello::run);
/// }
/// ```
@NullMarked
package io.mirage4j.platform.unikernel;

import org.jspecify.annotations.NullMarked;
