// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tells sets that name hosts of their own zone where those are to be looked for, be they there or
/// not: they may be in the next version.
final class Targets {
    private final DnsName apex;
    private final byte[] top;
    private final NodeTable table;
    private final QueryName name = new QueryName();

    Targets(DnsName apex, NodeTable table) {
        this.apex = apex;
        this.table = table;
        top = apex.canonical().toByteArray();
    }

    void aim(RrsetImage set) {
        int in = RrsetImage.targetOff(set.type);
        if (in < 0) return;
        byte[] octets = set.octets;
        List<Place> targets = new ArrayList<>();
        int[] offs = new int[set.count];
        int at = 0;
        for (int i = 0; i < set.count; i++) {
            int data = at + 12;
            int length = (octets[at + 10] & 0xff) << 8 | (octets[at + 11] & 0xff);
            Place target = target(octets, data + in, data + length);
            if (target != null) {
                offs[targets.size()] = data + in;
                targets.add(target);
            }
            at = data + length;
        }
        if (targets.isEmpty()) return;
        set.targets = targets.toArray(Place.NONE);
        set.targetOffs = Arrays.copyOf(offs, targets.size());
    }

    private @Nullable Place target(byte[] octets, int off, int end) {
        byte[] whole = new byte[DnsName.MAX_OCTETS + 2];
        int length = 0;
        int at = off;
        while (at < end && octets[at] > 0) {
            System.arraycopy(octets, at, whole, length, octets[at] + 1);
            length += octets[at] + 1;
            at += octets[at] + 1;
        }
        // The image has two octets of zero where the apex goes, and one at the end of a whole name.
        if (at + 2 == end && octets[at] == 0 && octets[at + 1] == 0) {
            apex.copyTo(whole, length);
            length += apex.lengthOctets();
        } else {
            whole[length++] = 0;
        }
        name.set(whole, 0, length);
        int labels = name.labels() - apex.labels();
        if (labels < 0 || !name.suffixIs(labels, top)) return null;
        Node node = table.find(name, 0);
        if (node != null) return new Place(node.name, node.hash, null);
        return new Place(Arrays.copyOf(name.octets, length), name.hash(0), null);
    }
}
