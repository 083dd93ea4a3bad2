// SPDX-License-Identifier: Apache-2.0

/// What all who connect to hosts have in common; it has threads, and is for edges.
@NullMarked
package io.mirage4j.platform.connect;

import org.jspecify.annotations.NullMarked;
