// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.table.AddressTable;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.GroupRecord;

import java.util.ArrayList;
import java.util.List;

/// The multicast groups that we listen to, and when routers are told of them: what IGMPv3 (RFC
/// 3376, 5) and MLDv2 (RFC 3810, 6) have in common.
final class Groups {
    static final int MOST = 256;

    private static final long UNSOLICITED_REPORT_INTERVAL = 1_000_000_000;

    private final Stack stack;
    private final AddressTable<Group> table;
    private final List<Group> groups = new ArrayList<>();

    Groups(Stack stack) {
        this.stack = stack;
        table = new AddressTable<>(MOST, stack.entropy.nextLong());
    }

    /// Whether packets to a group are for us. Nothing here allocates.
    boolean hears(long high, long low) {
        if (isAllNodes(high, low)) return true;
        Group group = table.peek(high, low);
        return group != null && group.isHeard();
    }

    /// 224.0.0.1, ff02::1 and ff01::1, of which nobody is told (RFC 3376, 5; RFC 3810, 6).
    private static boolean isAllNodes(long high, long low) {
        return Addresses.isIpv4(high, low)
                ? (int) low == 0xe000_0001
                : low == 1 && (high == Addresses.LINK_GROUPS || high == 0xff01L << 48);
    }

    /// From now on `listener` wants the packets to a group that `wanted` allows, and no others.
    /// False if there are too many groups.
    boolean listen(Object listener, long high, long low, SourceFilter wanted, long now) {
        Group group = table.peek(high, low);
        if (group == null) {
            if (wanted.isNobody()) return true;
            if (table.isFull()) return false;
            group = create(high, low);
        }
        if (group.set(listener, wanted)) {
            if (isAllNodes(high, low)) {
                group.keepQuiet();
            }
            tellChange(group, now);
        }
        return true;
    }

    private Group create(long high, long low) {
        var group = new Group(high, low);
        group.change = stack.timers.timer(time -> tellChange(group, time));
        group.answer = stack.timers.timer(time -> answer(group, time));
        table.add(high, low, group);
        groups.add(group);
        return group;
    }

    private void tellChange(Group group, long now) {
        if (group.isChangeUntold()) {
            report(group, group.changes(), now);
        }
        if (group.isChangeUntold() && group.change != null) {
            group.change.set(now + random(UNSOLICITED_REPORT_INTERVAL));
        } else if (!group.isHeard()) {
            table.remove(group.high, group.low);
            groups.remove(group);
            if (group.answer != null) {
                group.answer.cancel();
            }
        }
    }

    /// A router asks; the unspecified address asks for all groups of its version, no sources for
    /// the whole of a group.
    void query(long high, long low, List<? extends IpAddress> sources, long withinNanos, long now) {
        boolean all = Addresses.isUnspecified(high, low);
        boolean ipv4 = Addresses.isIpv4(high, low);
        for (Group group : groups) {
            boolean isAsked =
                    all
                            ? Addresses.isIpv4(group.high, group.low) == ipv4
                            : group.high == high && group.low == low;
            if (isAsked && group.isHeard() && group.answer != null) {
                group.ask(all ? List.of() : sources);
                long at = now + random(Math.max(1, withinNanos));
                if (group.answer.deadline() > at) {
                    group.answer.set(at);
                }
            }
        }
    }

    private void answer(Group group, long now) {
        if (group.isHeard() && !isAllNodes(group.high, group.low)) {
            report(group, group.answers(), now);
        }
    }

    private void report(Group group, List<GroupRecord> records, long now) {
        if (records.isEmpty()) return;
        if (Addresses.isIpv4(group.high, group.low)) {
            stack.igmp.report(group, records, now);
        } else {
            stack.mld.report(group, records, now);
        }
    }

    private long random(long below) {
        return Long.remainderUnsigned(stack.entropy.nextLong(), below);
    }
}
