// SPDX-License-Identifier: Apache-2.0

/// A program that greets: [Hello][io.mirage4j.examples.hello.Hello] is the program and its
/// declaration, on whatever board there is.
@NullMarked
package io.mirage4j.examples.hello;

import org.jspecify.annotations.NullMarked;
