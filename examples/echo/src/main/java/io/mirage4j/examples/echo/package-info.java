// SPDX-License-Identifier: Apache-2.0

/// A program that sends back what it gets: [Echo][io.mirage4j.examples.echo.Echo] is the program,
/// [Main][io.mirage4j.examples.echo.Main] gives it the network of its board.
@NullMarked
package io.mirage4j.examples.echo;

import org.jspecify.annotations.NullMarked;
