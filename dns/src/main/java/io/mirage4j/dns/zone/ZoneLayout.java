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
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Lays out a zone that was found good.
final class ZoneLayout {
    private static final int NSEC3_HASH_SHA1 = 1;

    /// Each set with its signatures behind it.
    private static final Comparator<Entry> BY_SET =
            Comparator.comparingInt(Entry::setType).thenComparing(Entry::isSignature);

    private final ZoneBuilder from;
    private final DnsName apex;
    private final NodeTree tree;

    /// Of what was there before, the names that may be different now; null where all are new.
    private final @Nullable Collection<DnsName> touched;

    /// What is in the zone and has no name that can be asked for: owners of NSEC3 sets, and of
    /// signatures that sign nothing.
    private final List<Node> apart = new ArrayList<>();

    private final List<RrsetImage> images = new ArrayList<>();
    private final SortedMap<byte[], Node> links = new TreeMap<>(Arrays::compareUnsigned);
    private Nsec3Hash.@Nullable Parameters parameters;
    private int records;

    ZoneLayout(ZoneBuilder from) {
        this.from = from;
        this.apex = from.apex();
        this.tree = new NodeTree(apex, from.owners().size());
        this.touched = null;
        tree.node(apex);
    }

    /// The next version of an unsigned zone.
    ///
    /// @param from all that is now at the names of `touched`, the apex among them
    ZoneLayout(ZoneBuilder from, Zone before, Collection<DnsName> touched) {
        this.from = from;
        this.apex = from.apex();
        this.tree = new NodeTree(before);
        this.touched = touched;
        records = before.records();
    }

    Zone zone() {
        if (touched != null) {
            touched.forEach(this::empty);
        }
        findParameters();
        from.owners().forEach(this::fill);
        if (touched != null) {
            touched.forEach(tree::prune);
        }
        var targets = new Targets(apex, tree.table);
        for (RrsetImage image : images) targets.aim(image);
        Node top = tree.node(apex);
        RrsetImage soa = top.set(RrType.SOA);
        if (soa == null) throw new AssertionError("a zone without SOA was found good");
        var fields = (RecordData.Soa) first(apex, RrType.SOA).data().value();
        int negativeTtl = lower(soa.ttl, fields.minimum());
        return new Zone(
                apex,
                RrClass.IN,
                fields,
                records,
                top,
                tree.table,
                apart.toArray(Node.NONE),
                negative(negativeTtl),
                denial(top),
                ZoneHistory.NONE);
    }

    /// Takes away what a name had.
    private void empty(DnsName name) {
        Node node = tree.find(name);
        if (node == null || node.sets().length == 0) return;
        for (RrsetImage set : node.sets()) {
            records -= set.count + (set.signatures == null ? 0 : set.signatures.count);
        }
        tree.node(name).sets(RrsetImage.NONE);
    }

    private Node apart(DnsName of) {
        Node node = tree.apart(of);
        apart.add(node);
        return node;
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
        Node node = tree.node(owner);
        node.sets(sets.toArray(RrsetImage.NONE));
        node.nsec = nsec;
        images.addAll(sets);
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
        RrsetImage image = image(RrType.RRSIG, ttl, orphans, List.of());
        apart(owner).sets(new RrsetImage[] {image});
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
        Node node = apart(owner);
        RrsetImage image = image(RrType.NSEC3, entries, signatures);
        node.nsec = image;
        node.sets(new RrsetImage[] {image});
        for (Entry entry : entries) {
            if (!(entry.data().value() instanceof RecordData.Nsec3 nsec3)) continue;
            var own = new Nsec3Hash.Parameters(nsec3.algorithm(), nsec3.iterations(), nsec3.salt());
            byte[] hash = Base32Hex.decode(owner.firstLabel());
            if (!own.equals(parameters) || hash == null) continue;
            links.put(hash, node);
            return;
        }
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

    private Denial denial(Node top) {
        NodeTable table = tree.table;
        if (top.nsec != null) {
            List<Node> visible = tree.made.stream().filter(n -> !table.isOccluded(n)).toList();
            var denial = new NsecDenial(visible.stream().filter(n -> n.nsec != null).toList());
            for (Node node : visible) denial.link(node);
            return denial;
        }
        if (parameters != null && !links.isEmpty()) {
            var denial = new Nsec3Denial(table, parameters, links);
            var hash = new Nsec3Hash();
            for (Node node : tree.made) if (!table.isOccluded(node)) denial.link(node, hash);
            return denial;
        }
        return new NoDenial();
    }
}
