// SPDX-License-Identifier: Apache-2.0

/// A program that serves files: [FileSite][io.mirage4j.examples.httpserver.FileSite] is the
/// program, [Main][io.mirage4j.examples.httpserver.Main] gives it the network and the files of its
/// board.
@NullMarked
package io.mirage4j.examples.httpserver;

import org.jspecify.annotations.NullMarked;
