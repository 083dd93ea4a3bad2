// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The nodes of a zone that is being laid out: each below its parent, which knows how many it has.
/// What a zone before has in common with it stays as it is; of the rest there are copies.
final class NodeTree {
    final NodeTable table;

    /// Nodes that are new, each behind its parent if that is new, too.
    final List<Node> made;

    private final DnsName apex;
    private final QueryName name = new QueryName();

    /// The nodes that are no other zone's; null if all are.
    private final @Nullable Set<Node> own;

    /// Of a zone with about so many names.
    NodeTree(DnsName apex, int names) {
        this.apex = apex;
        table = new NodeTable(names);
        made = new ArrayList<>(names);
        own = null;
    }

    /// Of the next version of a zone.
    NodeTree(Zone before) {
        apex = before.apex();
        table = before.nodes.next();
        made = new ArrayList<>();
        own = Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /// The node of a name, if it exists.
    @Nullable Node find(DnsName of) {
        name.set(of);
        return table.find(name, 0);
    }

    /// The node of a name, to be changed; made with those above it where it is not there.
    Node node(DnsName of) {
        name.set(of);
        return own(node(0));
    }

    /// The node of suffix `i` of [#name].
    private Node node(int i) {
        Node node = table.find(name, i);
        if (node != null) return node;
        Place above = null;
        if (name.labels() - i > apex.labels()) {
            Node parent = own(node(i + 1));
            above = parent.place();
            parent.children++;
            parent.hasWildcard |= name.isStar(i);
        }
        node = make(i, above);
        made.add(node);
        if (own != null) {
            own.add(node);
        }
        table.add(node);
        return node;
    }

    private Node make(int i, @Nullable Place parent) {
        byte[] octets = Arrays.copyOfRange(name.octets, name.off(i), name.lengthOctets());
        return new Node(octets, apex.lengthOctets(), name.hash(i), parent);
    }

    /// A node that is found by no name.
    Node apart(DnsName of) {
        name.set(of);
        return make(0, null);
    }

    private Node own(Node node) {
        if (own == null || own.contains(node)) return node;
        Node copy = node.copy();
        own.add(copy);
        table.replace(copy);
        return copy;
    }

    /// Takes out a name at which nothing is any more, unless there is something below it; and so
    /// those above.
    void prune(DnsName of) {
        Node node = find(of);
        while (node != null && node.sets().length == 0 && node.children == 0) {
            Place above = node.parent;
            if (above == null) return;
            table.remove(node);
            Node parent = own(table.parent(above));
            parent.children--;
            if (node.isWildcard()) {
                parent.hasWildcard = false;
            }
            node = parent;
        }
    }
}
