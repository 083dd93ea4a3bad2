// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;

/// Denial by NSEC (RFC 4035, 3.1.3): the record of the last name before the one in question covers
/// it. Nothing here allocates once it is made.
final class NsecDenial implements Denial {
    private final byte[][] keys;
    private final Node[] nodes;

    NsecDenial(Collection<Node> signed) {
        var sorted = new TreeMap<byte[], Node>(Arrays::compareUnsigned);
        for (Node node : signed) sorted.put(SortKey.of(node.name), node);
        keys = sorted.keySet().toArray(new byte[0][]);
        nodes = sorted.values().toArray(Node.NONE);
    }

    /// Finds the proof of a node that exists; that of an empty non-terminal covers it (RFC 4035,
    /// 3.1.3.2).
    void link(Node node) {
        byte[] key = SortKey.of(node.name);
        node.proof = node.nsec != null ? node : before(key, key.length);
    }

    @Override
    public void noData(Lookup to, Node node) {
        if (node.proof != null) {
            to.prove(node.proof);
        }
    }

    @Override
    public void noName(Lookup to, QueryName name, Node encloser) {
        wildcard(to, name, encloser);
        byte[] key = to.key;
        int length = SortKey.of(name, key);
        length = encloserLength(key, length, name.labels() - labels(encloser.name));
        key[length++] = '*';
        key[length++] = 0;
        to.prove(before(key, length));
    }

    @Override
    public void wildcard(Lookup to, QueryName name, Node encloser) {
        int length = SortKey.of(name, to.key);
        to.prove(before(to.key, length));
    }

    @Override
    public void wildcardNoData(Lookup to, QueryName name, Node encloser, Node wildcard) {
        wildcard(to, name, encloser);
        noData(to, wildcard);
    }

    private static int labels(byte[] name) {
        int count = 0;
        for (int at = 0; name[at] != 0; at += name[at] + 1) count++;
        return count;
    }

    /// The length of the part of a key that its first labels, those nearest to the root, make up.
    private static int encloserLength(byte[] key, int length, int dropped) {
        int at = length;
        for (int i = 0; i < dropped; i++) {
            at--;
            while (at > 0 && key[at - 1] != 0) at--;
        }
        return at;
    }

    /// The last node whose key is not behind this one.
    private Node before(byte[] key, int length) {
        int low = 0;
        int high = keys.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            byte[] other = keys[middle];
            if (Arrays.compareUnsigned(other, 0, other.length, key, 0, length) <= 0) low = middle;
            else high = middle - 1;
        }
        return nodes[low];
    }
}
