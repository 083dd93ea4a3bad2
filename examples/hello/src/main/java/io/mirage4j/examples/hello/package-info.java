// SPDX-License-Identifier: Apache-2.0

/// A program that greets: [Hello][io.mirage4j.examples.hello.Hello] is the program,
/// [Main][io.mirage4j.examples.hello.Main] puts it on a JVM.
@NullMarked
package io.mirage4j.examples.hello;

import org.jspecify.annotations.NullMarked;
