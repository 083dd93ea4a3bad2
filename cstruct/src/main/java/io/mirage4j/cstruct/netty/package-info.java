// SPDX-License-Identifier: Apache-2.0

/// Windows over Netty's buffers and Netty's buffers over windows, without a copy. Needs
/// `io.netty:netty-buffer`, which the rest of the library does not.
@NullMarked
package io.mirage4j.cstruct.netty;

import org.jspecify.annotations.NullMarked;
