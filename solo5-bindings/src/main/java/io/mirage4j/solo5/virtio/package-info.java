// SPDX-License-Identifier: Apache-2.0

/// Drivers of virtio 1.x devices on a PCI bus: network and block, over split virtqueues. Nothing
/// that a device says is believed before it was checked.
@NullMarked
package io.mirage4j.solo5.virtio;

import org.jspecify.annotations.NullMarked;
