// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/// The nodes of a zone by their names: a hash table that is at most half full and never changes.
/// Nothing in [#find] allocates.
final class NodeTable {
    private final @Nullable Node[] slots;
    private final int mask;

    NodeTable(Collection<Node> nodes) {
        int size = Integer.highestOneBit(Math.max(2, nodes.size())) * 4;
        slots = new @Nullable Node[size];
        mask = size - 1;
        for (Node node : nodes) {
            int slot = SuffixHash.slot(node.hash, mask);
            while (slots[slot] != null) slot = slot + 1 & mask;
            slots[slot] = node;
        }
    }

    /// The node of suffix `i`; null if that name does not exist.
    @Nullable Node find(QueryName name, int i) {
        int hash = name.hash(i);
        int slot = SuffixHash.slot(hash, mask);
        for (Node node; (node = slots[slot]) != null; slot = slot + 1 & mask) {
            if (node.hash == hash && name.suffixIs(i, node.name)) return node;
        }
        return null;
    }
}
