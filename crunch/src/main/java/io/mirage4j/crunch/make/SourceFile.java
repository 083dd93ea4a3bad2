// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import java.nio.file.Path;
import java.time.Instant;

/// A file that was found, and what it was like then.
record SourceFile(String path, Path file, long size, Instant lastModified) {}
