// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import org.jspecify.annotations.Nullable;

/// Where a node is, whatever is there in one version of a zone or another. Nodes refer to each
/// other by it, so that one can be replaced without those that refer to it.
final class Place {
    static final Place[] NONE = {};

    /// In lower case.
    final byte[] name;

    final int hash;

    /// Null for the apex, and for what is no node's parent.
    final @Nullable Place parent;

    Place(byte[] name, int hash, @Nullable Place parent) {
        this.name = name;
        this.hash = hash;
        this.parent = parent;
    }
}
