// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.wire.Addresses;

import java.util.ArrayList;
import java.util.List;

/// The groups that one UDP port listens to, each from all sources but some or from some alone (RFC
/// 3678, 2).
final class Memberships {
    private static final int MOST_GROUPS = 64;

    private record Membership(IpAddress group, long high, long low, SourceFilter filter) {}

    private final Groups groups;
    private final List<Membership> memberships = new ArrayList<>();

    Memberships(Groups groups) {
        this.groups = groups;
    }

    /// Whether a packet to a group is for this port. Nothing here allocates.
    boolean hears(long high, long low, long sourceHigh, long sourceLow) {
        for (int i = 0; i < memberships.size(); i++) {
            Membership m = memberships.get(i);
            if (m.low == low && m.high == high) return m.filter.allows(sourceHigh, sourceLow);
        }
        return false;
    }

    boolean join(IpAddress group, long now) {
        requireGroup(group);
        if (Addresses.isSourceSpecific(Addresses.high(group), Addresses.low(group))) {
            // RFC 4604, 2.1
            throw new IllegalArgumentException(
                    "group " + group + " is source-specific: name a source to hear it from");
        }
        return filter(group).isExclude() || set(group, SourceFilter.EVERYBODY, now);
    }

    void leave(IpAddress group, long now) {
        set(group, SourceFilter.NOBODY, now);
    }

    boolean join(IpAddress group, IpAddress source, long now) {
        requireGroup(group);
        requireSource(group, source);
        SourceFilter before = filter(group);
        if (before.isExclude()) {
            throw new IllegalStateException(
                    "group " + group + " is heard from all sources: block those not wanted");
        }
        return add(group, before, source, now);
    }

    void leave(IpAddress group, IpAddress source, long now) {
        SourceFilter before = filter(group);
        if (!before.isExclude() && before.has(source)) {
            set(group, before.without(source), now);
        }
    }

    boolean block(IpAddress group, IpAddress source, long now) {
        requireSource(group, source);
        SourceFilter before = filter(group);
        if (!before.isExclude()) {
            throw new IllegalStateException("group " + group + " is not heard from all sources");
        }
        return add(group, before, source, now);
    }

    void unblock(IpAddress group, IpAddress source, long now) {
        SourceFilter before = filter(group);
        if (before.isExclude() && before.has(source)) {
            set(group, before.without(source), now);
        }
    }

    void leaveAll(long now) {
        for (Membership m : List.copyOf(memberships)) {
            leave(m.group, now);
        }
    }

    private boolean add(IpAddress group, SourceFilter before, IpAddress source, long now) {
        return before.has(source)
                || (before.sources().size() < SourceFilter.MOST_SOURCES
                        && set(group, before.with(source), now));
    }

    private SourceFilter filter(IpAddress group) {
        int i = indexOf(group);
        return i < 0 ? SourceFilter.NOBODY : memberships.get(i).filter;
    }

    private int indexOf(IpAddress group) {
        for (int i = 0; i < memberships.size(); i++) {
            if (memberships.get(i).group.equals(group)) return i;
        }
        return -1;
    }

    private boolean set(IpAddress group, SourceFilter wanted, long now) {
        int i = indexOf(group);
        if (i < 0 && (wanted.isNobody() || memberships.size() == MOST_GROUPS)) {
            return wanted.isNobody();
        }
        long high = Addresses.high(group);
        long low = Addresses.low(group);
        if (!groups.listen(this, high, low, wanted, now)) return false;
        if (i >= 0) {
            memberships.remove(i);
        }
        if (!wanted.isNobody()) {
            memberships.add(new Membership(group, high, low, wanted));
        }
        return true;
    }

    private static void requireGroup(IpAddress group) {
        if (!group.isMulticast()) {
            throw new IllegalArgumentException("address " + group + " is no group");
        }
    }

    private static void requireSource(IpAddress group, IpAddress source) {
        if (source.isMulticast()
                || source.isUnspecified()
                || source.lengthOctets() != group.lengthOctets()) {
            throw new IllegalArgumentException(source + " can not be a source of " + group);
        }
    }
}
