// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import org.jspecify.annotations.Nullable;

/// The nodes of a zone by their names: a hash table that is at most half full, and does not change
/// once the zone is made. Nothing in [#find] allocates.
final class NodeTable {
    private @Nullable Node[] slots;
    private int size;

    /// One for about so many nodes.
    NodeTable(int nodes) {
        slots = new @Nullable Node[Integer.highestOneBit(Math.max(2, nodes)) * 4];
    }

    /// Puts a node there whose name has none yet.
    void add(Node node) {
        if (2 * ++size > slots.length) {
            @Nullable Node[] before = slots;
            slots = new @Nullable Node[2 * before.length];
            for (Node one : before) if (one != null) put(one);
        }
        put(node);
    }

    private void put(Node node) {
        int mask = slots.length - 1;
        int slot = SuffixHash.slot(node.hash, mask);
        while (slots[slot] != null) slot = slot + 1 & mask;
        slots[slot] = node;
    }

    /// The node of suffix `i`; null if that name does not exist.
    @Nullable Node find(QueryName name, int i) {
        @Nullable Node[] slots = this.slots;
        int mask = slots.length - 1;
        int hash = name.hash(i);
        int slot = SuffixHash.slot(hash, mask);
        for (Node node; (node = slots[slot]) != null; slot = slot + 1 & mask) {
            if (node.hash == hash && name.suffixIs(i, node.name)) return node;
        }
        return null;
    }
}
