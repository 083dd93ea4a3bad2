// SPDX-License-Identifier: Apache-2.0

/// Blobs from where a JVM or the builder of an image finds them: resources and files.
@NullMarked
package io.mirage4j.crunch.load;

import org.jspecify.annotations.NullMarked;
