// SPDX-License-Identifier: Apache-2.0

/// A program that serves files: [FileSite][io.mirage4j.examples.httpserver.FileSite] is the
/// program, [Main][io.mirage4j.examples.httpserver.Main] puts it on a JVM.
@NullMarked
package io.mirage4j.examples.httpserver;

import org.jspecify.annotations.NullMarked;
