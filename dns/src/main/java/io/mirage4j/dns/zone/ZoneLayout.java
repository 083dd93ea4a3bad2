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
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Lays out a zone that was found good.
final class ZoneLayout {
    private static final int NSEC3_HASH_SHA1 = 1;

    /// Each set with its signatures behind it.
    private static final Comparator<Entry> BY_SET =
            Comparator.comparingInt(Entry::setType).thenComparing(Entry::isSignature);

    private final ZoneBuilder from;
    private final DnsName apex;
    private final Node top;
    private final NodeTable table;

    /// Those of [#table], each behind its parent.
    private final List<Node> ordered;

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
        int owners = from.owners().size();
        this.table = new NodeTable(owners);
        this.ordered = new ArrayList<>(owners);
        this.top = node(apex);
    }

    Zone zone() {
        findParameters();
        from.owners().forEach(this::fill);
        for (Node node : ordered) place(node);
        for (Node node : ordered) for (RrsetImage set : node.sets) aim(set);
        RrsetImage soa = top.set(RrType.SOA);
        if (soa == null) throw new AssertionError("a zone without SOA was found good");
        var fields = (RecordData.Soa) first(apex, RrType.SOA).data().value();
        int negativeTtl = lower(soa.ttl, fields.minimum());
        Denial denial = denial();
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
        name.set(of);
        return node(0);
    }

    /// The node of suffix `i` of [#name].
    private Node node(int i) {
        Node node = table.find(name, i);
        if (node != null) return node;
        boolean isTop = name.labels() - i == apex.labels();
        node = make(i, isTop ? null : node(i + 1));
        table.add(node);
        ordered.add(node);
        return node;
    }

    private Node make(int i, @Nullable Node parent) {
        byte[] octets = Arrays.copyOfRange(name.octets, name.off(i), name.lengthOctets());
        return new Node(octets, apex.lengthOctets(), name.hash(i), parent);
    }

    /// One that is found by no name.
    private Node makeApart(DnsName of) {
        name.set(of);
        Node node = make(0, null);
        apart.add(node);
        return node;
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

    /// Makes the sets of a name, in the order of their types.
    private void fill(DnsName owner, List<Entry> entries) {
        entries.sort(BY_SET);
        List<RrsetImage> sets = new ArrayList<>(2);
        List<Entry> orphans = new ArrayList<>(0);
        RrsetImage nsec = null;
        for (int start = 0; start < entries.size(); ) {
            int type = entries.get(start).setType();
            int signed = endOf(entries, start, type, false);
            int end = endOf(entries, signed, type, true);
            List<Entry> signatures = entries.subList(signed, end);
            if (signed == start) {
                orphans.addAll(signatures);
            } else if (type == RrType.NSEC3) {
                chain(owner, entries.subList(start, signed), signatures);
            } else {
                RrsetImage set = image(type, entries.subList(start, signed), signatures);
                sets.add(set);
                if (type == RrType.NSEC) {
                    nsec = set;
                }
            }
            start = end;
        }
        if (!orphans.isEmpty()) {
            orphans(owner, orphans);
        }
        if (sets.isEmpty()) return;
        Node node = node(owner);
        node.sets = sets.toArray(RrsetImage.NONE);
        node.nsec = nsec;
    }

    /// Where the records end that begin at `start` and are, or sign, the set of that type.
    private static int endOf(List<Entry> entries, int start, int type, boolean isSignature) {
        int end = start;
        while (end < entries.size()
                && entries.get(end).setType() == type
                && entries.get(end).isSignature() == isSignature) {
            end++;
        }
        return end;
    }

    /// Signatures of nothing: they are in the zone, and in no answer.
    private void orphans(DnsName owner, List<Entry> orphans) {
        from.warning(orphans.getFirst(), "a signature of nothing at " + owner);
        int ttl = orphans.getFirst().ttl();
        for (Entry entry : orphans) ttl = lower(ttl, entry.ttl());
        makeApart(owner).sets = new RrsetImage[] {image(RrType.RRSIG, ttl, orphans, List.of())};
    }

    private RrsetImage image(int type, List<Entry> entries, List<Entry> signatures) {
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

    private RrsetImage image(int type, int ttl, List<Entry> entries, List<Entry> signatures) {
        List<Rdata> data = data(entries);
        records += data.size();
        RrsetImage image = RrsetImage.of(type, RrClass.IN, ttl, data, apex);
        if (!signatures.isEmpty()) {
            // RFC 4034, 3: a signature has the TTL of what it signs.
            image.signatures = image(RrType.RRSIG, ttl, signatures, List.of());
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
    private void chain(DnsName owner, List<Entry> entries, List<Entry> signatures) {
        Node node = makeApart(owner);
        RrsetImage image = image(RrType.NSEC3, entries, signatures);
        node.nsec = image;
        node.sets = new RrsetImage[] {image};
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
        if (node.name[0] == 1 && node.name[1] == '*') {
            parent.wildcard = node;
        }
    }

    /// Finds the hosts that a set names.
    private void aim(RrsetImage set) {
        int in = RrsetImage.targetOff(set.type);
        if (in < 0) return;
        byte[] octets = set.octets;
        List<Node> targets = new ArrayList<>();
        int[] offs = new int[set.count];
        int at = 0;
        for (int i = 0; i < set.count; i++) {
            int data = at + 12;
            int length = (octets[at + 10] & 0xff) << 8 | (octets[at + 11] & 0xff);
            Node target = target(octets, data + in, data + length);
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

    private @Nullable Node target(byte[] octets, int off, int end) {
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
        if (labels < 0 || !name.suffixIs(labels, top.name)) return null;
        return table.find(name, 0);
    }

    private static boolean set0(byte[] octets, int at) {
        return octets[at] == 0 && octets[at + 1] == 0;
    }

    private RrsetImage negative(int ttl) {
        List<Entry> soa = new ArrayList<>();
        List<Entry> signatures = new ArrayList<>();
        for (Entry entry : entries(apex)) {
            if (entry.setType() == RrType.SOA) {
                (entry.isSignature() ? signatures : soa).add(entry);
            }
        }
        int counted = records;
        RrsetImage image = image(RrType.SOA, ttl, soa, signatures);
        records = counted;
        return image;
    }

    private Denial denial() {
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
