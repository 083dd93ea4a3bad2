// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.SortedMap;

/// Denial by NSEC3 (RFC 5155, 7.2). The hashes of names that exist, and of the wildcards below
/// them, are known beforehand; what is hashed for a query is the next closer name alone. Nothing
/// here allocates once it is made.
final class Nsec3Denial implements Denial {
    private final NodeTable table;
    private final byte[] salt;
    private final int iterations;
    private final byte[][] hashes;
    private final long[] heads;
    private final Node[] nodes;

    /// @param table the nodes that have names
    /// @param links the nodes that have NSEC3 sets, by the hashes in their names, in their order
    Nsec3Denial(NodeTable table, Nsec3Hash.Parameters parameters, SortedMap<byte[], Node> links) {
        this.table = table;
        salt = parameters.salt().toByteArray();
        iterations = parameters.iterations();
        hashes = links.keySet().toArray(new byte[0][]);
        heads = Arrays.stream(hashes).mapToLong(Nsec3Denial::head).toArray();
        nodes = links.values().toArray(Node.NONE);
    }

    /// Finds the proofs of a node that exists.
    void link(Node node, Nsec3Hash hash) {
        byte[] own = hash.of(node.name, 0, node.name.length, salt, iterations);
        int at = floor(own);
        node.proof = Arrays.equals(hashes[at], own) ? nodes[at] : null;
        if (node.name.length + 2 > 255) return;
        byte[] wildcard = new byte[node.name.length + 2];
        wildcard[0] = 1;
        wildcard[1] = '*';
        System.arraycopy(node.name, 0, wildcard, 2, node.name.length);
        node.wildcardProof = nodes[floor(hash.of(wildcard, 0, wildcard.length, salt, iterations))];
    }

    @Override
    public void noData(Lookup to, Node node) {
        if (node.proof != null) {
            to.prove(node.proof);
            return;
        }
        // An opt-out span (RFC 5155, 7.2.4): the closest name that can be proven, and the one
        // below.
        Node below = node;
        for (Place at = node.parent; at != null; at = at.parent) {
            Node above = table.parent(at);
            if (above.proof == null) {
                below = above;
                continue;
            }
            to.prove(above.proof);
            to.prove(nodes[floor(hash(to, below.name, 0, below.name.length))]);
            return;
        }
    }

    @Override
    public void noName(Lookup to, QueryName name, Node encloser) {
        // The wildcard that is denied is the one below the encloser that is proven, which in an
        // opt-out span is not the one that is there.
        Node provable = closestEncloser(to, name, encloser);
        if (provable != null && provable.wildcardProof != null) {
            to.prove(provable.wildcardProof);
        }
    }

    @Override
    public void wildcard(Lookup to, QueryName name, Node encloser) {
        int closer = name.labels() - labels(encloser) - 1;
        to.prove(covering(to, name, closer));
    }

    @Override
    public void wildcardNoData(Lookup to, QueryName name, Node encloser, Node wildcard) {
        closestEncloser(to, name, encloser);
        if (wildcard.proof != null) {
            to.prove(wildcard.proof);
        }
    }

    /// RFC 5155, 7.2.1, for an encloser that may be an opted-out delegation's empty parent.
    private @Nullable Node closestEncloser(Lookup to, QueryName name, Node encloser) {
        Node node = encloser;
        while (node.proof == null) {
            Place parent = node.parent;
            if (parent == null) return null;
            node = table.parent(parent);
        }
        to.prove(node.proof);
        to.prove(covering(to, name, name.labels() - labels(node) - 1));
        return node;
    }

    private Node covering(Lookup to, QueryName name, int i) {
        int off = name.off(i);
        return nodes[floor(hash(to, name.octets, off, name.lengthOctets() - off))];
    }

    private byte[] hash(Lookup to, byte[] name, int off, int len) {
        return to.hash.of(name, off, len, salt, iterations);
    }

    private static int labels(Node node) {
        int count = 0;
        for (int at = 0; node.name[at] != 0; at += node.name[at] + 1) count++;
        return count;
    }

    /// The last hash that is not behind this one; the chain is a ring, so before the first it is
    /// the last.
    private int floor(byte[] hash) {
        long head = head(hash);
        int low = -1;
        int high = heads.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >> 1;
            int order = Long.compareUnsigned(heads[middle], head);
            if (order == 0) {
                order = Arrays.compareUnsigned(hashes[middle], hash);
            }
            if (order <= 0) low = middle;
            else high = middle - 1;
        }
        return low < 0 ? heads.length - 1 : low;
    }

    private static long head(byte[] hash) {
        long head = 0;
        for (int i = 0; i < 8; i++) head = head << 8 | (hash[i] & 0xff);
        return head;
    }
}
