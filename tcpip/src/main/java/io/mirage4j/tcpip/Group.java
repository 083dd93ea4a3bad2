// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.table.Timers.Timer;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.GroupRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A multicast group that somebody here listens to: whose packets are wanted, and what routers have
/// to be told of that still (RFC 3376, 5; RFC 3810, 6).
final class Group {
    /// RFC 3376, 8.1: how often a change is told.
    private static final int ROBUSTNESS = 2;

    final long high;
    final long low;
    final IpAddress address;

    /// When to tell a change again; when to answer a query.
    @Nullable Timer change;

    @Nullable Timer answer;

    /// By listener.
    private final IdentityHashMap<Object, SourceFilter> listeners = new IdentityHashMap<>();

    private SourceFilter filter = SourceFilter.NOBODY;

    /// How often it is still to be told that sources are now those that are wanted, or are not.
    private int modeChanges;

    /// How often of a source that came or went.
    private final Map<IpAddress, Integer> sourceChanges = new HashMap<>();

    /// The sources that were asked for; empty: for the group as a whole.
    private final Set<IpAddress> asked = new LinkedHashSet<>();

    Group(long high, long low) {
        this.high = high;
        this.low = low;
        address = Addresses.value(high, low);
    }

    /// Whether anybody's packets are wanted. Nothing here allocates.
    boolean isHeard() {
        return !filter.isNobody();
    }

    /// From now on `listener` wants `wanted`. Returns whether the link has to bring something else
    /// than before.
    boolean set(Object listener, SourceFilter wanted) {
        if (wanted.isNobody()) {
            listeners.remove(listener);
        } else {
            listeners.put(listener, wanted);
        }
        SourceFilter before = filter;
        filter = SourceFilter.merged(listeners.values());
        if (filter.isExclude() != before.isExclude()) {
            modeChanges = ROBUSTNESS;
            sourceChanges.clear();
            return true;
        }
        List<IpAddress> changed = new ArrayList<>(filter.minus(before.sources()));
        changed.addAll(before.minus(filter.sources()));
        changed.forEach(source -> sourceChanges.put(source, ROBUSTNESS));
        return !changed.isEmpty();
    }

    /// The next report of what has changed (RFC 3376, 5.1); empty if all is told.
    List<GroupRecord> changes() {
        List<GroupRecord> records = new ArrayList<>();
        if (modeChanges > 0) {
            modeChanges--;
            int type = filter.isExclude() ? GroupRecord.TO_EXCLUDE : GroupRecord.TO_INCLUDE;
            records.add(GroupRecord.of(type, address, filter.sources()));
            return records;
        }
        List<IpAddress> changed = sourceChanges.keySet().stream().sorted().toList();
        List<IpAddress> listed = changed.stream().filter(filter::has).toList();
        List<IpAddress> others = changed.stream().filter(source -> !filter.has(source)).toList();
        add(records, GroupRecord.ALLOW, filter.isExclude() ? others : listed);
        add(records, GroupRecord.BLOCK, filter.isExclude() ? listed : others);
        sourceChanges.replaceAll((_, times) -> times - 1);
        sourceChanges.values().removeIf(times -> times == 0);
        return records;
    }

    private void add(List<GroupRecord> records, int type, List<IpAddress> sources) {
        if (!sources.isEmpty()) {
            records.add(GroupRecord.of(type, address, sources));
        }
    }

    boolean isChangeUntold() {
        return modeChanges > 0 || !sourceChanges.isEmpty();
    }

    /// Nobody is told of it.
    void keepQuiet() {
        modeChanges = 0;
        sourceChanges.clear();
    }

    /// A router asks for some sources, or for the group if there are none (RFC 3376, 5.2).
    void ask(List<? extends IpAddress> sources) {
        boolean isPending = answer != null && answer.isSet();
        if (sources.isEmpty() || (isPending && asked.isEmpty())) {
            asked.clear();
            return;
        }
        asked.addAll(sources);
        if (asked.size() > SourceFilter.MOST_SOURCES) {
            // What is said of the group says it of each source.
            asked.clear();
        }
    }

    /// The answer; empty if there is nothing to say.
    List<GroupRecord> answers() {
        List<GroupRecord> records = new ArrayList<>();
        if (asked.isEmpty()) {
            int type = filter.isExclude() ? GroupRecord.IS_EXCLUDE : GroupRecord.IS_INCLUDE;
            records.add(GroupRecord.of(type, address, filter.sources()));
        } else {
            add(
                    records,
                    GroupRecord.IS_INCLUDE,
                    asked.stream()
                            .filter(s -> filter.allows(Addresses.high(s), Addresses.low(s)))
                            .toList());
        }
        asked.clear();
        return records;
    }
}
