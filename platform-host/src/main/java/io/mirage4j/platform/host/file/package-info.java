// SPDX-License-Identifier: Apache-2.0

/// Files and directories of the host as the contracts.
@NullMarked
package io.mirage4j.platform.host.file;

import org.jspecify.annotations.NullMarked;
