// SPDX-License-Identifier: Apache-2.0

/// Frames of any device, written down for Wireshark.
@NullMarked
package io.mirage4j.platform.pcapng;

import org.jspecify.annotations.NullMarked;
