// SPDX-License-Identifier: Apache-2.0

/// From a relocatable object to a bootable image: compiles the boot layer of the target and links
/// it with the object.
@NullMarked
package io.mirage4j.assembly.link;

import org.jspecify.annotations.NullMarked;
