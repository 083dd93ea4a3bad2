// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.zone.ZoneBuilder.Entry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Lays out a zone that was found good.
final class ZoneLayout {
    private static final int NSEC3_HASH_SHA1 = 1;

    private final ZoneBuilder from;
    private final DnsName apex;
    private final Map<DnsName, Node> nodes;

    /// Those of [#nodes], each behind its parent.
    private final List<Node> ordered = new ArrayList<>();

    /// What is in the zone and has no name that can be asked for: owners of NSEC3 sets, and of
    /// signatures that sign nothing.
    private final List<Node> apart = new ArrayList<>();

    private final SortedMap<byte[], Node> links = new TreeMap<>(Arrays::compareUnsigned);
    private Nsec3Hash.@Nullable Parameters parameters;
    private final QueryName name = new QueryName();
    private int records;

    ZoneLayout(ZoneBuilder from) {
        this.from = from;
        this.apex = from.apex();
        this.nodes = HashMap.newHashMap(from.owners().size());
    }

    Zone zone() {
        Node top = node(apex);
        findParameters();
        from.owners().forEach(this::fill);
        for (Node node : ordered) place(node);
        var table = new NodeTable(ordered);
        for (Node node : ordered) for (RrsetImage set : node.sets) aim(set, table);
        RrsetImage soa = top.set(RrType.SOA);
        if (soa == null) throw new AssertionError("a zone without SOA was found good");
        var fields = (RecordData.Soa) first(apex, RrType.SOA).data().value();
        int negativeTtl = lower(soa.ttl, fields.minimum());
        Denial denial = denial(top);
        return new Zone(
                apex,
                RrClass.IN,
                fields,
                records,
                top,
                table,
                Stream.concat(ordered.stream(), apart.stream()).toArray(Node[]::new),
                negative(negativeTtl),
                denial,
                ZoneHistory.NONE);
    }

    private static int lower(int a, int b) {
        return Integer.compareUnsigned(a, b) < 0 ? a : b;
    }

    private List<Entry> entries(DnsName owner) {
        return from.owners().getOrDefault(owner, List.of());
    }

    private Entry first(DnsName owner, int type) {
        for (Entry entry : entries(owner)) if (entry.type() == type) return entry;
        throw new AssertionError("no " + RrType.name(type) + " at " + owner);
    }

    /// The node of a name, made with those above it where it is not there.
    private Node node(DnsName of) {
        Node node = nodes.get(of);
        if (node != null) return node;
        Node parent = of.equals(apex) ? null : node(of.parent());
        node = make(of, parent);
        nodes.put(of, node);
        ordered.add(node);
        return node;
    }

    private Node make(DnsName of, @Nullable Node parent) {
        name.set(of);
        byte[] octets = Arrays.copyOf(name.octets, name.lengthOctets());
        return new Node(octets, apex.lengthOctets(), name.hash(0), parent);
    }

    private void findParameters() {
        for (Entry entry : entries(apex)) {
            if (entry.data().type() == RrType.NSEC3PARAM
                    && entry.data().value()
                            instanceof
                            RecordData.Nsec3param(
                                    int algorithm,
                                    int flags,
                                    int iterations,
                                    var salt)
                    && algorithm == NSEC3_HASH_SHA1
                    && flags == 0) {
                parameters = new Nsec3Hash.Parameters(algorithm, iterations, salt);
            }
        }
    }

    private void fill(DnsName owner, List<Entry> entries) {
        if (entries.size() == 1 && isPlain(entries.getFirst().type())) {
            Entry only = entries.getFirst();
            node(owner).sets = new RrsetImage[] {image(only.type(), entries, null)};
            return;
        }
        Map<Integer, List<Entry>> byType = new TreeMap<>();
        Map<Integer, List<Entry>> signatures = new TreeMap<>();
        for (Entry entry : entries) {
            boolean signature = entry.type() == RrType.RRSIG;
            int type = signature ? entry.data().u8(0) << 8 | entry.data().u8(1) : entry.type();
            (signature ? signatures : byType)
                    .computeIfAbsent(type, any -> new ArrayList<>(2))
                    .add(entry);
        }
        List<Entry> hashed = byType.remove(RrType.NSEC3);
        if (hashed != null) {
            chain(owner, hashed, signatures.remove(RrType.NSEC3));
        }
        fill(owner, byType, signatures);
        if (!signatures.isEmpty()) orphans(owner, signatures.values());
    }

    /// Signatures of nothing: they are in the zone, and in no answer.
    private void orphans(DnsName owner, Collection<List<Entry>> signatures) {
        List<Entry> orphans = signatures.stream().flatMap(List::stream).toList();
        from.warning(orphans.getFirst(), "a signature of nothing at " + owner);
        int ttl = orphans.getFirst().ttl();
        for (Entry entry : orphans) ttl = lower(ttl, entry.ttl());
        Node node = make(owner, null);
        node.sets = new RrsetImage[] {image(RrType.RRSIG, ttl, orphans, null)};
        apart.add(node);
    }

    /// Makes the sets of a name, and takes their signatures from `signatures`.
    private void fill(
            DnsName owner, Map<Integer, List<Entry>> byType, Map<Integer, List<Entry>> signatures) {
        if (byType.isEmpty()) return;
        Node node = node(owner);
        node.sets = new RrsetImage[byType.size()];
        int i = 0;
        for (Map.Entry<Integer, List<Entry>> set : byType.entrySet()) {
            int type = set.getKey();
            RrsetImage image = image(type, set.getValue(), signatures.remove(type));
            node.sets[i++] = image;
            if (type == RrType.NSEC) node.nsec = image;
        }
    }

    private static boolean isPlain(int type) {
        return type != RrType.RRSIG && type != RrType.NSEC && type != RrType.NSEC3;
    }

    private RrsetImage image(int type, List<Entry> entries, @Nullable List<Entry> signatures) {
        int ttl = entries.getFirst().ttl();
        for (Entry entry : entries) {
            if (type != RrType.RRSIG && entry.ttl() != ttl) {
                String given = Integer.toUnsignedString(entry.ttl());
                String first = Integer.toUnsignedString(ttl);
                from.warning(
                        entry,
                        "TTL "
                                + given
                                + " in a set with TTL "
                                + first
                                + "; the lower one is served");
                ttl = lower(ttl, entry.ttl());
            }
        }
        return image(type, ttl, entries, signatures);
    }

    private RrsetImage image(
            int type, int ttl, List<Entry> entries, @Nullable List<Entry> signatures) {
        List<Rdata> data = data(entries);
        records += data.size();
        RrsetImage image = RrsetImage.of(type, RrClass.IN, ttl, data, apex);
        if (signatures != null) {
            // RFC 4034, 3: a signature has the TTL of what it signs.
            image.signatures = image(RrType.RRSIG, ttl, signatures, null);
        }
        return image;
    }

    /// Each data once (RFC 2181, 5).
    private static List<Rdata> data(List<Entry> entries) {
        if (entries.size() == 1) return List.of(entries.getFirst().data());
        var distinct = new LinkedHashSet<Rdata>();
        for (Entry entry : entries) distinct.add(entry.data());
        return List.copyOf(distinct);
    }

    /// An owner in a chain of NSEC3, be it the one that is answered from or not. Its name is none
    /// that can be asked for (RFC 5155, 7.2.8).
    private void chain(DnsName owner, List<Entry> entries, @Nullable List<Entry> signatures) {
        Node node = make(owner, null);
        RrsetImage image = image(RrType.NSEC3, entries, signatures);
        node.nsec = image;
        node.sets = new RrsetImage[] {image};
        apart.add(node);
        for (Entry entry : entries) {
            if (!(entry.data().value() instanceof RecordData.Nsec3 nsec3)) continue;
            var own = new Nsec3Hash.Parameters(nsec3.algorithm(), nsec3.iterations(), nsec3.salt());
            byte[] hash = Base32Hex.decode(owner.firstLabel());
            if (!own.equals(parameters) || hash == null) continue;
            links.put(hash, node);
            return;
        }
    }

    private void place(Node node) {
        Node parent = node.parent;
        if (parent == null) return;
        if (parent.cut != null) {
            node.cut = parent.cut;
        } else if (parent.dname != null) {
            node.dname = parent.dname;
        } else if (parent.has(RrType.DNAME)) {
            node.dname = parent;
        } else if (node.has(RrType.NS)) {
            node.cut = node;
        }
        if (node.name[0] == 1 && node.name[1] == '*') parent.wildcard = node;
    }

    /// Finds the hosts that a set names.
    private void aim(RrsetImage set, NodeTable table) {
        int in = RrsetImage.targetOff(set.type);
        if (in < 0) return;
        byte[] octets = set.octets;
        List<Node> targets = new ArrayList<>();
        int[] offs = new int[set.count];
        int at = 0;
        for (int i = 0; i < set.count; i++) {
            int data = at + 12;
            int length = (octets[at + 10] & 0xff) << 8 | (octets[at + 11] & 0xff);
            Node target = target(octets, data + in, data + length, table);
            if (target != null && target.hasAddress()) {
                offs[targets.size()] = data + in;
                targets.add(target);
            }
            at = data + length;
        }
        if (targets.isEmpty()) return;
        set.targets = targets.toArray(Node.NONE);
        set.targetOffs = Arrays.copyOf(offs, targets.size());
    }

    private @Nullable Node target(byte[] octets, int off, int end, NodeTable table) {
        byte[] whole = new byte[DnsName.MAX_OCTETS + 2];
        int length = 0;
        int at = off;
        while (at < end && octets[at] > 0) {
            System.arraycopy(octets, at, whole, length, octets[at] + 1);
            length += octets[at] + 1;
            at += octets[at] + 1;
        }
        // The image has two octets of zero where the apex goes, and one at the end of a whole name.
        if (at + 2 == end && set0(octets, at)) {
            apex.copyTo(whole, length);
            length += apex.lengthOctets();
        } else {
            whole[length++] = 0;
        }
        name.set(whole, 0, length);
        int labels = name.labels() - apex.labels();
        if (labels < 0 || !name.suffixIs(labels, node(apex).name)) return null;
        return table.find(name, 0);
    }

    private static boolean set0(byte[] octets, int at) {
        return octets[at] == 0 && octets[at + 1] == 0;
    }

    private RrsetImage negative(int ttl) {
        List<Entry> soa = new ArrayList<>();
        List<Entry> signatures = new ArrayList<>();
        for (Entry entry : entries(apex)) {
            if (entry.type() == RrType.SOA) soa.add(entry);
            boolean signs =
                    entry.type() == RrType.RRSIG
                            && (entry.data().u8(0) << 8 | entry.data().u8(1)) == RrType.SOA;
            if (signs) signatures.add(entry);
        }
        int counted = records;
        RrsetImage image = image(RrType.SOA, ttl, soa, signatures.isEmpty() ? null : signatures);
        records = counted;
        return image;
    }

    private Denial denial(Node top) {
        if (top.nsec != null) {
            List<Node> signed =
                    ordered.stream().filter(n -> n.nsec != null && !n.isOccluded()).toList();
            var denial = new NsecDenial(signed);
            for (Node node : ordered) if (!node.isOccluded()) denial.link(node);
            return denial;
        }
        if (parameters != null && !links.isEmpty()) {
            var denial = new Nsec3Denial(parameters, links);
            var hash = new Nsec3Hash();
            for (Node node : ordered) if (!node.isOccluded()) denial.link(node, hash);
            return denial;
        }
        return new NoDenial();
    }
}
