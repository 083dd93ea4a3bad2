// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.RrType;

import org.jspecify.annotations.Nullable;

/// A name that exists in a zone, be it only because one below it does (RFC 4592, 2.2.2), and what a
/// lookup that ends there has to know.
final class Node {
    static final Node[] NONE = {};

    /// In lower case.
    final byte[] name;

    /// How many octets of the name stand in front of the zone's apex.
    final int relative;

    final int hash;

    /// Null for the apex.
    final @Nullable Node parent;

    /// In the order of their types; signatures hang on what they sign.
    RrsetImage[] sets = {};

    /// The child `*`.
    @Nullable Node wildcard;

    /// The delegation at or above this name that is nearest to the apex.
    @Nullable Node cut;

    /// The nearest name above this one, no cut between, that has a DNAME.
    @Nullable Node dname;

    /// The NSEC set of this name; for a hashed owner, its NSEC3 set.
    @Nullable RrsetImage nsec;

    /// The node whose NSEC or NSEC3 set tells the types here. With NSEC, that of an empty
    /// non-terminal covers it; with NSEC3 it is null where the name was opted out.
    @Nullable Node proof;

    /// The node whose NSEC3 set matches or covers the wildcard below this name.
    @Nullable Node wildcardProof;

    Node(byte[] name, int apexLength, int hash, @Nullable Node parent) {
        this.name = name;
        this.relative = name.length - apexLength;
        this.hash = hash;
        this.parent = parent;
    }

    @Nullable RrsetImage set(int type) {
        for (RrsetImage set : sets) if (set.type == type) return set;
        return null;
    }

    boolean isCut() {
        return cut == this;
    }

    /// Whether what is here belongs to another zone: below a delegation, or below a DNAME, where
    /// nothing may be.
    boolean isOccluded() {
        return (cut != null && cut != this) || dname != null;
    }

    boolean has(int type) {
        return set(type) != null;
    }

    boolean hasAddress() {
        return has(RrType.A) || has(RrType.AAAA);
    }
}
