// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.RrType;

import org.jspecify.annotations.Nullable;

/// A name that exists in a zone, be it only because one below it does (RFC 4592, 2.2.2), and what a
/// lookup that ends there has to know. Once it is in a zone it does not change: where its sets or
/// its children become others, the next version of the zone has another node there.
final class Node {
    static final Node[] NONE = {};

    /// In lower case.
    final byte[] name;

    /// How many octets of the name stand in front of the zone's apex.
    final int relative;

    final int hash;

    /// Null for the apex.
    final @Nullable Place parent;

    /// How many nodes have this one as their parent.
    int children;

    /// Whether one of them is `*`.
    boolean hasWildcard;

    /// The NSEC set of this name; for a hashed owner, its NSEC3 set.
    @Nullable RrsetImage nsec;

    /// The node whose NSEC or NSEC3 set tells the types here. With NSEC, that of an empty
    /// non-terminal covers it; with NSEC3 it is null where the name was opted out.
    @Nullable Node proof;

    /// The node whose NSEC3 set matches or covers the wildcard below this name.
    @Nullable Node wildcardProof;

    /// In the order of their types; signatures hang on what they sign.
    private RrsetImage[] sets = {};

    private boolean delegates;
    private boolean hasDname;

    /// Where it is, once some other node refers to that.
    private @Nullable Place place;

    Node(byte[] name, int apexLength, int hash, @Nullable Place parent) {
        this.name = name;
        this.relative = name.length - apexLength;
        this.hash = hash;
        this.parent = parent;
    }

    /// The same, to be changed for the next version.
    Node copy() {
        var copy = new Node(name, name.length - relative, hash, parent);
        copy.children = children;
        copy.hasWildcard = hasWildcard;
        copy.nsec = nsec;
        copy.proof = proof;
        copy.wildcardProof = wildcardProof;
        copy.place = place;
        copy.sets(sets);
        return copy;
    }

    Place place() {
        if (place == null) {
            place = new Place(name, hash, parent);
        }
        return place;
    }

    RrsetImage[] sets() {
        return sets;
    }

    void sets(RrsetImage[] sets) {
        this.sets = sets;
        delegates = parent != null && has(RrType.NS);
        hasDname = has(RrType.DNAME);
    }

    @Nullable RrsetImage set(int type) {
        for (RrsetImage set : sets) if (set.type == type) return set;
        return null;
    }

    /// Whether what is below belongs to another zone, unless this does already.
    boolean delegates() {
        return delegates;
    }

    /// Whether nothing below this name is answered for by what is there.
    boolean hides() {
        return delegates || hasDname;
    }

    boolean isWildcard() {
        return name[0] == 1 && name[1] == '*';
    }

    boolean has(int type) {
        return set(type) != null;
    }

    boolean hasAddress() {
        return has(RrType.A) || has(RrType.AAAA);
    }
}
