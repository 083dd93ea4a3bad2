// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

/// What a consumer finds when it looks for work.
public enum Pending {
    /// Something waits: do not sleep.
    WORK,
    /// Nothing waits. After a final check the peer signals when that changes, so sleeping is safe.
    NOTHING,
    /// The peer broke the ring, which stands still for good.
    FAULT
}
