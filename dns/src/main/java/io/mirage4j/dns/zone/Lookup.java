// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.Section;

import org.jspecify.annotations.Nullable;

/// Answers from a zone (RFC 1034, 4.3.2, as 2308, 4035, 4592, 5155, 6604, 6672 and 8482 changed
/// it). One object is used again and again, by one thread. Nothing here allocates.
///
/// ```java
/// name.read(query, view.questionOff());
/// Zone zone = zones.find(name, view.questionType() == RrType.DS);
/// writer.start(buf, questionEnd, limit);
/// int flags = lookup.answer(zone, name, type, view.dnssecOk(), writer); // AA, TC and the rcode
/// ```
public final class Lookup {
    /// How many aliases are followed within the zone.
    public static final int MOST_ALIASES = 16;

    private static final int MOST_PROOFS = 3 * MOST_ALIASES;

    final Nsec3Hash hash = new Nsec3Hash();
    final byte[] key = new byte[SortKey.MAX_OCTETS + 2];

    private final QueryName alias = new QueryName();
    private final Node[] proofs = new Node[MOST_PROOFS];
    private int proofCount;

    private AnswerWriter out = new AnswerWriter();
    private Zone zone;
    private boolean dnssec;

    /// Where the name that is looked for stands in the message, for its first labels; the apex
    /// stands in the question.
    private int nameOff;

    /// How many octets of it stand there.
    private int nameLength;

    /// Where the set begins that was written last, its owner's first two octets not counted.
    private int setOff;

    @SuppressWarnings("NullAway.Init") // every answer sets the zone first
    public Lookup() {}

    /// Writes the answer behind the question, and tells the flags and the rcode of the header.
    public int answer(
            Zone zone, QueryName question, int type, boolean dnssec, AnswerWriter writer) {
        this.zone = zone;
        this.dnssec = dnssec;
        out = writer;
        proofCount = 0;
        int apex = question.labels() - zone.apex().labels();
        out.apex(HeaderWire.LENGTH + question.off(apex));
        nameOff = HeaderWire.LENGTH;
        nameLength = question.off(apex);
        int flags = follow(question, type);
        if ((flags & HeaderWire.TC) != 0) {
            out.restart();
        }
        return flags;
    }

    private int follow(QueryName question, int type) {
        QueryName name = question;
        for (int aliases = 0; ; aliases++) {
            int i = 0;
            Node node = zone.nodes.find(name, 0);
            while (node == null) node = zone.nodes.find(name, ++i);
            Node above = zone.nodes.above(node);
            if (above != null && above.delegates()) {
                boolean asksParent = above == node && i == 0 && type == RrType.DS;
                if (!asksParent) return referral(above, offOf(above.relative), aliases > 0);
                above = null;
            }
            Node source = node;
            boolean expanded = false;
            Node dname = above;
            if (dname == null && i > 0 && node.has(RrType.DNAME)) {
                dname = node;
            }
            if (dname != null) {
                int result = substitute(name, dname);
                if (result == HeaderWire.TC) return result;
                boolean done =
                        result != Rcode.NOERROR
                                // The alias itself was asked for.
                                || type == RrType.CNAME
                                || type == RrType.ANY
                                || aliases + 1 >= MOST_ALIASES
                                || !isInZone();
                if (done) return finish(result);
                name = alias;
                continue;
            }
            if (i > 0) {
                if (!node.hasWildcard) {
                    if (dnssec) {
                        zone.denial.noName(this, name, node);
                    }
                    return negative(Rcode.NXDOMAIN);
                }
                source = zone.nodes.wildcard(node);
                expanded = true;
                if (source.delegates()) return referral(source, nameOff, aliases > 0);
            }
            RrsetImage cname = source.set(RrType.CNAME);
            if (cname != null && follows(type)) {
                // A loop ends where it closes; one through wildcards and DNAME, at the limit.
                if (!expanded && out.has(cname)) return finish(Rcode.NOERROR);
                if (!put(Section.ANSWER, cname, nameOff, source)) return HeaderWire.TC;
                if (expanded && dnssec) {
                    zone.denial.wildcard(this, name, node);
                }
                if (aliases + 1 >= MOST_ALIASES || !take(cname)) return finish(Rcode.NOERROR);
                name = alias;
                continue;
            }
            return here(name, source, node, expanded, type);
        }
    }

    /// Whether an alias stands for data of that type (RFC 4035, 2.5: some live beside it).
    private static boolean follows(int type) {
        return type != RrType.CNAME
                && type != RrType.NSEC
                && type != RrType.RRSIG
                && type != RrType.ANY
                && type != RrType.KEY;
    }

    /// The lookup ends at a node of this zone.
    private int here(QueryName name, Node source, Node encloser, boolean expanded, int type) {
        RrsetImage found = null;
        if (type == RrType.ANY) {
            // RFC 8482, 4.1: one of the sets.
            if (source.sets().length > 0) {
                found = source.sets()[0];
            }
        } else if (type == RrType.RRSIG) {
            return signatures(name, source, encloser, expanded);
        } else {
            found = source.set(type);
        }
        if (found == null) return noData(name, source, encloser, expanded);
        if (!put(Section.ANSWER, found, nameOff, source)) return HeaderWire.TC;
        int base = setOff;
        if (expanded && dnssec) {
            zone.denial.wildcard(this, name, encloser);
        }
        if (!putProofs()) return HeaderWire.TC;
        additional(found, base, null);
        return HeaderWire.AA;
    }

    private int signatures(QueryName name, Node source, Node encloser, boolean expanded) {
        boolean any = false;
        for (RrsetImage set : source.sets()) {
            RrsetImage signatures = set.signatures;
            if (signatures == null) continue;
            any = true;
            if (!out.put(Section.ANSWER, signatures, nameOff, source)) return HeaderWire.TC;
        }
        if (!any) return noData(name, source, encloser, expanded);
        if (expanded && dnssec) {
            zone.denial.wildcard(this, name, encloser);
        }
        return putProofs() ? HeaderWire.AA : HeaderWire.TC;
    }

    private int noData(QueryName name, Node source, Node encloser, boolean expanded) {
        if (dnssec) {
            if (expanded) zone.denial.wildcardNoData(this, name, encloser, source);
            else zone.denial.noData(this, source);
        }
        return negative(Rcode.NOERROR);
    }

    private int negative(int rcode) {
        if (!put(Section.AUTHORITY, zone.negativeSoa, out.apex(), zone.top)) return HeaderWire.TC;
        return finish(rcode);
    }

    private int finish(int rcode) {
        return putProofs() ? HeaderWire.AA | rcode : HeaderWire.TC;
    }

    /// A delegation (RFC 1034, 4.3.2, 3b; with DNSSEC RFC 4035, 3.1.4).
    private int referral(Node cut, int owner, boolean aliased) {
        RrsetImage servers = cut.set(RrType.NS);
        if (servers == null) throw new AssertionError("a cut without NS");
        if (dnssec && aliased && !putProofs()) return HeaderWire.TC;
        if (!out.put(Section.AUTHORITY, servers, owner, cut)) return HeaderWire.TC;
        int base = out.offOf(0);
        if (dnssec) {
            RrsetImage ds = zone.isSigned() ? cut.set(RrType.DS) : null;
            if (ds != null) {
                if (!put(Section.AUTHORITY, ds, owner, cut)) return HeaderWire.TC;
            } else {
                proofCount = 0;
                zone.denial.noData(this, cut);
                if (!putProofs()) return HeaderWire.TC;
            }
        }
        if (!additional(servers, base, cut)) return HeaderWire.TC;
        return aliased ? HeaderWire.AA : 0;
    }

    /// Where the last `relative` octets in front of the apex stand.
    private int offOf(int relative) {
        return relative == 0 ? out.apex() : nameOff + nameLength - relative;
    }

    /// DNAME (RFC 6672, 3.2): its record, the alias that follows from it, and the new name.
    private int substitute(QueryName name, Node owner) {
        RrsetImage dname = owner.set(RrType.DNAME);
        if (dname == null) throw new AssertionError("no DNAME at its owner");
        int from = nameOff;
        int ownerOff = offOf(owner.relative);
        if (!out.has(dname) && !put(Section.ANSWER, dname, ownerOff, owner)) return HeaderWire.TC;
        int labels = 0;
        for (int at = 0; owner.name[at] != 0; at += owner.name[at] + 1) labels++;
        if (name != alias) {
            alias.set(name);
        }
        byte[] target = dname.target;
        if (!alias.rebase(alias.labels() - labels, target)) return Rcode.YXDOMAIN;
        int length = alias.lengthOctets();
        int apex = alias.labels() - zone.apex().labels();
        boolean inZone = apex >= 0 && alias.suffixIs(apex, zone.top.name);
        int prefix = inZone && zone.apex().labels() > 0 ? alias.off(apex) : length;
        boolean fits =
                out.putName(
                        Section.ANSWER,
                        from,
                        RrType.CNAME,
                        zone.rrClass(),
                        dname.ttl,
                        alias.octets,
                        prefix,
                        length);
        if (!fits) return HeaderWire.TC;
        nameOff = out.offOf(12);
        nameLength = inZone ? alias.off(apex) : length;
        if (nameLength == 0) {
            nameOff = out.apex();
        }
        return Rcode.NOERROR;
    }

    private boolean isInZone() {
        int apex = alias.labels() - zone.apex().labels();
        return apex >= 0
                && alias.suffixIs(apex, zone.top.name)
                && nameOff <= AnswerWriter.MAX_OFFSET;
    }

    /// Goes on with what an alias stands for; false if that is in another zone.
    private boolean take(RrsetImage cname) {
        byte[] target = cname.target;
        alias.set(target, 0, target.length);
        if (!isInZone()) return false;
        int apex = alias.labels() - zone.apex().labels();
        nameLength = alias.off(apex);
        nameOff = nameLength == 0 ? out.apex() : setOff + 12;
        return nameOff <= AnswerWriter.MAX_OFFSET;
    }

    /// A set and, where they are wanted, its signatures.
    private boolean put(Section section, RrsetImage set, int ownerOff, Node node) {
        int start = out.length();
        if (!out.put(section, set, ownerOff, node)) return false;
        setOff = out.offOf(0);
        RrsetImage signatures = set.signatures;
        if (!dnssec || signatures == null) return true;
        if (out.put(section, signatures, out.ownerOff(), node)) return true;
        out.takeBack(start, section, set);
        return false;
    }

    /// Remembers a proof for the authority section.
    void prove(Node node) {
        for (int i = 0; i < proofCount; i++) if (proofs[i] == node) return;
        if (proofCount < MOST_PROOFS) {
            proofs[proofCount++] = node;
        }
    }

    private boolean putProofs() {
        for (int i = 0; i < proofCount; i++) {
            RrsetImage nsec = proofs[i].nsec;
            if (nsec == null || out.has(nsec)) continue;
            if (!put(Section.AUTHORITY, nsec, AnswerWriter.NO_POINTER, proofs[i])) return false;
        }
        return true;
    }

    /// The addresses of hosts that a set names. Those below the delegation they serve must fit (RFC
    /// 9471, 3.1), false if they do not; everything else is a courtesy.
    private boolean additional(RrsetImage set, int base, @Nullable Node cut) {
        for (int i = 0; i < set.targets.length; i++) {
            Node host = zone.nodes.find(set.targets[i]);
            if (host == null || !host.hasAddress()) continue;
            int owner = base + set.targetOffs[i];
            Node above = zone.nodes.above(host);
            boolean needed = cut != null && above == cut;
            boolean occluded = above != null && above != host;
            if (occluded && set.type != RrType.NS) continue;
            for (int step = 0; step < 2; step++) {
                RrsetImage address = host.set(step == 0 ? RrType.A : RrType.AAAA);
                if (address == null || out.has(address)) continue;
                boolean fits = put(Section.ADDITIONAL, address, owner, host);
                if (!fits && needed) return false;
                if (!fits) return true;
                owner = out.ownerOff();
            }
        }
        return true;
    }
}
