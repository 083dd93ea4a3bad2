// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.wire.Addresses;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Whose packets to a group are wanted (RFC 3376, 3.1; RFC 3810, 4.1): those of some sources alone,
/// or all but those of some.
///
/// @param isExclude the sources are those that are not wanted
/// @param sources each once
record SourceFilter(boolean isExclude, List<IpAddress> sources) {
    /// Of one group, as many as a report holds.
    static final int MOST_SOURCES = 64;

    static final SourceFilter NOBODY = new SourceFilter(false, List.of());
    static final SourceFilter EVERYBODY = new SourceFilter(true, List.of());

    SourceFilter {
        sources = List.copyOf(sources);
    }

    boolean isNobody() {
        return !isExclude && sources.isEmpty();
    }

    /// Nothing here allocates.
    boolean allows(long high, long low) {
        for (int i = 0; i < sources.size(); i++) {
            IpAddress source = sources.get(i);
            if (Addresses.low(source) == low && Addresses.high(source) == high) return !isExclude;
        }
        return isExclude;
    }

    boolean has(IpAddress source) {
        return sources.contains(source);
    }

    SourceFilter with(IpAddress source) {
        List<IpAddress> more = new ArrayList<>(sources);
        more.add(source);
        return new SourceFilter(isExclude, more);
    }

    SourceFilter without(IpAddress source) {
        return new SourceFilter(isExclude, minus(List.of(source)));
    }

    /// Those of the sources that are not in `others`.
    List<IpAddress> minus(Collection<IpAddress> others) {
        return sources.stream().filter(source -> !others.contains(source)).toList();
    }

    /// What the link has to bring so that each of several gets what he wants: RFC 3376, 3.2. Where
    /// that has too many sources it is everybody's.
    static SourceFilter merged(Collection<SourceFilter> filters) {
        List<IpAddress> wanted = new ArrayList<>();
        List<IpAddress> unwanted = null;
        for (SourceFilter filter : filters) {
            if (!filter.isExclude) {
                wanted.addAll(filter.minus(wanted));
            } else if (unwanted == null) {
                unwanted = new ArrayList<>(filter.sources);
            } else {
                unwanted.retainAll(filter.sources);
            }
        }
        if (unwanted != null) {
            unwanted.removeAll(wanted);
            return new SourceFilter(true, unwanted);
        }
        return wanted.size() > MOST_SOURCES ? EVERYBODY : new SourceFilter(false, wanted);
    }
}
