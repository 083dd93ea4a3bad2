// SPDX-License-Identifier: Apache-2.0

/// Makes blobs from directories; a tool for the build, not for what runs.
@NullMarked
package io.mirage4j.crunch.make;

import org.jspecify.annotations.NullMarked;
