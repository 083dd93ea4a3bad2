// SPDX-License-Identifier: Apache-2.0

/// Rings in shared memory. The peer is never believed: each shared index is read once, checked and
/// then used; one that can not be right stops the ring for good ([Faulty]).
@NullMarked
package io.mirage4j.ring;

import org.jspecify.annotations.NullMarked;
