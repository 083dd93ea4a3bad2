// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What to ask of a signed zone so that each kind of answer and of proof is seen, as `NAME TYPE`.
final class SignedQueries {
    private static final String NOWHERE = "nowhere.not.";

    private final DnsName apex;

    /// What the zone answers for itself: its own data, and DS where it delegates.
    private final List<ResourceRecord> own;

    private final Set<DnsName> names = new TreeSet<>();

    SignedQueries(DnsName apex, List<ResourceRecord> records) {
        this.apex = apex;
        List<DnsName> cuts = names(records, this::isCut);
        List<DnsName> dnames = names(records, record -> record.type() == RrType.DNAME);
        own = records.stream().filter(record -> isOwn(record, cuts, dnames)).toList();
        for (ResourceRecord record : own) {
            for (DnsName name = record.name(); name.isBelow(apex); name = name.parent()) {
                names.add(name);
                if (name.equals(apex)) break;
            }
        }
    }

    private static List<DnsName> names(
            List<ResourceRecord> records, Predicate<ResourceRecord> which) {
        return records.stream().filter(which).map(ResourceRecord::name).distinct().toList();
    }

    private boolean isCut(ResourceRecord record) {
        return record.type() == RrType.NS && !record.name().equals(apex);
    }

    private static boolean isOwn(ResourceRecord record, List<DnsName> cuts, List<DnsName> dnames) {
        boolean isProof =
                switch (record.type()) {
                    case RrType.RRSIG, RrType.NSEC, RrType.NSEC3 -> true;
                    default -> false;
                };
        DnsName name = record.name();
        boolean isBelow = cuts.stream().anyMatch(cut -> name.isBelow(cut) && !name.equals(cut));
        boolean isHidden = dnames.stream().anyMatch(top -> name.isBelow(top) && !name.equals(top));
        boolean isOthers = cuts.contains(name) && record.type() != RrType.DS;
        return !isProof && !isBelow && !isHidden && !isOthers;
    }

    /// All that is there, and where no type is.
    Set<String> all() {
        Set<String> queries = new LinkedHashSet<>();
        for (ResourceRecord record : own) {
            if (record.data().value() instanceof RecordData.Cname) continue;
            queries.add(record.name() + " " + RrType.name(record.type()));
        }
        queries.addAll(empty());
        queries.addAll(aliases(true));
        return queries;
    }

    /// One of each kind.
    Set<String> some() {
        Set<String> queries = new LinkedHashSet<>(List.of(apex + " DNSKEY"));
        own.stream()
                .filter(record -> record.type() == RrType.SRV || record.type() == RrType.DS)
                .forEach(record -> queries.add(record.name() + " " + RrType.name(record.type())));
        empty().stream().limit(2).forEach(queries::add);
        aliases(true).stream().limit(1).forEach(queries::add);
        return queries;
    }

    /// What needs a proof that a name is not there: wildcards, and no name; `most` of each kind.
    List<String> covered(int most) {
        List<String> queries = new ArrayList<>();
        wildcards().stream().limit(2L * most).forEach(queries::add);
        aliases(false).stream().limit(most).forEach(queries::add);
        // The name with the most labels has most that is not there beside it.
        names.stream()
                .sorted((a, b) -> b.labels() - a.labels())
                .filter(name -> own.stream().noneMatch(record -> record.name().equals(name)))
                .map(name -> NOWHERE + name + " A")
                .limit(most)
                .forEach(queries::add);
        queries.add(NOWHERE + apex + " MX");
        return queries.stream().filter(query -> !isMatched(query)).toList();
    }

    /// Names with nothing but others below them, and a type that a name does not have.
    private List<String> empty() {
        List<String> queries = new ArrayList<>();
        for (DnsName name : names) {
            boolean isEmpty = own.stream().noneMatch(record -> record.name().equals(name));
            if (isEmpty) {
                queries.add(name + " A");
            }
        }
        queries.add(apex + " PTR");
        return queries;
    }

    private List<String> aliases(boolean ofSomething) {
        List<String> queries = new ArrayList<>();
        for (ResourceRecord record : own) {
            boolean isStarred = record.name().toString().contains("*");
            if (!isStarred && record.data().value() instanceof RecordData.Cname(DnsName target)) {
                boolean isThere =
                        own.stream()
                                .anyMatch(
                                        other ->
                                                other.name().equals(target)
                                                        && other.type() == RrType.A);
                boolean isNowhere = target.isBelow(apex) && !isBelowOneThatIsThere(target);
                if (ofSomething ? isThere : isNowhere) {
                    queries.add(record.name() + " A");
                }
            }
        }
        return queries;
    }

    private boolean isBelowOneThatIsThere(DnsName name) {
        return names.contains(name) || !names.contains(name.parent());
    }

    /// A name two labels below each wildcard, by a type that is there, and by one that is not.
    private List<String> wildcards() {
        List<String> queries = new ArrayList<>();
        for (ResourceRecord record : own) {
            if (!record.name().toString().startsWith("*.")) continue;
            if (record.type() == RrType.CNAME || record.type() == RrType.DNAME) continue;
            DnsName below = record.name().parent();
            queries.add(NOWHERE + below + " " + RrType.name(record.type()));
            queries.add("nowhere." + below + " NAPTR");
        }
        return queries;
    }

    /// Whether it is about a name for which an alias or another zone stands.
    private boolean isMatched(String query) {
        DnsName name = DnsName.of(query.substring(0, query.indexOf(' ')));
        return own.stream()
                .filter(record -> record.type() == RrType.CNAME || record.type() == RrType.DNAME)
                .map(ResourceRecord::name)
                .anyMatch(
                        owner ->
                                owner.toString().startsWith("*.") && name.isBelow(owner.parent())
                                        || owner.equals(name.parent()));
    }
}
