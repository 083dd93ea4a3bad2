// SPDX-License-Identifier: Apache-2.0

/// The `mirage` command: one class for each verb.
@NullMarked
package io.mirage4j.assembly.command;

import org.jspecify.annotations.NullMarked;
