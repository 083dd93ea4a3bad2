// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.Consumer;

/// The nodes of a zone by their names: a hash table that is at most half full. It lies in pieces,
/// which versions of a zone share: a table that was made by [#next] has those of the one before but
/// where it was changed. Once it is a zone's it does not change. Nothing that finds allocates.
///
/// ```
/// slot    |  bits of the piece  | 10 bits in it |
/// ```
final class NodeTable {
    private static final int PIECE_BITS = 10;
    private static final int PIECE = 1 << PIECE_BITS;
    private static final byte[] WILDCARD = {1, '*'};

    private @Nullable Node[][] pieces;

    /// Which of the pieces are this table's alone.
    private boolean[] own;

    private int mask;
    private int size;

    /// One for about so many nodes.
    NodeTable(int nodes) {
        this(null, Integer.highestOneBit(Math.max(2, nodes)) * 4);
    }

    private NodeTable(@Nullable NodeTable before, int slots) {
        int count = Math.max(1, slots >> PIECE_BITS);
        pieces = new @Nullable Node[count][];
        own = new boolean[count];
        mask = slots - 1;
        for (int i = 0; i < count; i++) {
            if (before != null) {
                pieces[i] = before.pieces[i];
            } else {
                pieces[i] = new @Nullable Node[Math.min(slots, PIECE)];
                own[i] = true;
            }
        }
        size = before == null ? 0 : before.size;
    }

    /// A table of the same nodes, which can be changed without this one.
    NodeTable next() {
        return new NodeTable(this, mask + 1);
    }

    /// Puts a node there whose name has none yet.
    void add(Node node) {
        if (2 * ++size > mask + 1) {
            grow();
        }
        set(free(node.hash), node);
    }

    private void grow() {
        var larger = new NodeTable(null, 2 * (mask + 1));
        each(node -> larger.set(larger.free(node.hash), node));
        pieces = larger.pieces;
        own = larger.own;
        mask = larger.mask;
    }

    private int free(int hash) {
        int slot = SuffixHash.slot(hash, mask);
        while (at(slot) != null) slot = slot + 1 & mask;
        return slot;
    }

    /// Puts a node in the place of the one of its name.
    void replace(Node node) {
        set(slot(node.name, node.hash), node);
    }

    /// Takes out the node of a name. Those behind it, up to the next gap, that could not be found
    /// across a gap move up.
    void remove(Node node) {
        int gap = slot(node.name, node.hash);
        size--;
        int slot = gap;
        while (true) {
            set(gap, null);
            Node next;
            do {
                slot = slot + 1 & mask;
                next = at(slot);
                if (next == null) return;
            } while ((slot - SuffixHash.slot(next.hash, mask) & mask) < (slot - gap & mask));
            set(gap, next);
            gap = slot;
        }
    }

    private int slot(byte[] name, int hash) {
        int slot = SuffixHash.slot(hash, mask);
        for (Node node; (node = at(slot)) != null; slot = slot + 1 & mask) {
            if (node.hash == hash && Arrays.equals(node.name, name)) return slot;
        }
        throw new AssertionError("a node that is not there");
    }

    private @Nullable Node at(int slot) {
        return pieces[slot >> PIECE_BITS][slot & PIECE - 1];
    }

    private void set(int slot, @Nullable Node node) {
        int piece = slot >> PIECE_BITS;
        if (!own[piece]) {
            pieces[piece] = pieces[piece].clone();
            own[piece] = true;
        }
        pieces[piece][slot & PIECE - 1] = node;
    }

    /// The node of suffix `i`; null if that name does not exist.
    @Nullable Node find(QueryName name, int i) {
        int hash = name.hash(i);
        int slot = SuffixHash.slot(hash, mask);
        for (Node node; (node = at(slot)) != null; slot = slot + 1 & mask) {
            if (node.hash == hash && name.suffixIs(i, node.name)) return node;
        }
        return null;
    }

    /// The node at a place; null if there is none.
    @Nullable Node find(Place place) {
        return find(place.name, place.hash);
    }

    @Nullable Node find(byte[] name, int hash) {
        int slot = SuffixHash.slot(hash, mask);
        for (Node node; (node = at(slot)) != null; slot = slot + 1 & mask) {
            if (node.hash == hash && Arrays.equals(node.name, name)) return node;
        }
        return null;
    }

    /// The node above one that has a parent.
    Node parent(Place parent) {
        Node node = find(parent);
        if (node == null) throw new AssertionError("a node without its parent");
        return node;
    }

    /// The child `*` of a node that has one.
    Node wildcard(Node parent) {
        int hash = SuffixHash.child(parent.hash, WILDCARD, 0);
        int slot = SuffixHash.slot(hash, mask);
        for (Node node; (node = at(slot)) != null; slot = slot + 1 & mask) {
            boolean found =
                    node.hash == hash
                            && node.name.length == parent.name.length + 2
                            && node.isWildcard()
                            && Arrays.equals(
                                    node.name,
                                    2,
                                    node.name.length,
                                    parent.name,
                                    0,
                                    parent.name.length);
            if (found) return node;
        }
        throw new AssertionError("a wildcard that is not there");
    }

    /// What a lookup of a name that is at or below this node comes to first on its way down from
    /// the apex: a delegation, at this node or above it, or above it a DNAME. Null if nothing hides
    /// the node.
    @Nullable Node above(Node node) {
        Node found = node.delegates() ? node : null;
        for (Place at = node.parent; at != null; at = at.parent) {
            Node above = parent(at);
            if (above.hides()) {
                found = above;
            }
        }
        return found;
    }

    /// Whether what is at a node belongs to another zone: below a delegation, or below a DNAME,
    /// where nothing may be.
    boolean isOccluded(Node node) {
        Node above = above(node);
        return above != null && above != node;
    }

    /// Each node, in no order.
    void each(Consumer<Node> to) {
        for (@Nullable Node[] piece : pieces) {
            for (Node node : piece) if (node != null) to.accept(node);
        }
    }

    /// How many slots there are, for who goes through them by [#inSlot].
    int slots() {
        return mask + 1;
    }

    @Nullable Node inSlot(int slot) {
        return at(slot);
    }
}
