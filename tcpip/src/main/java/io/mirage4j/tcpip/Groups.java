// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.tcpip.table.AddressTable;
import io.mirage4j.tcpip.table.Timers.Timer;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.GroupRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The multicast groups that we listen to, from any source, and when routers are told of them: what
/// IGMPv3 (RFC 3376, 5) and MLDv2 (RFC 3810, 6) have in common.
final class Groups {
    static final int MOST = 256;

    /// RFC 3376, 8.1: how often a change is told.
    private static final int ROBUSTNESS = 2;

    private static final long UNSOLICITED_REPORT_INTERVAL = 1_000_000_000;

    private static final class Group {
        final long high;
        final long low;
        int members;
        int changes;

        /// When to say again that we joined or left; when to answer a query.
        @Nullable Timer change;

        @Nullable Timer answer;

        Group(long high, long low) {
            this.high = high;
            this.low = low;
        }
    }

    private final Stack stack;
    private final AddressTable<Group> table;
    private final List<Group> groups = new ArrayList<>();

    Groups(Stack stack) {
        this.stack = stack;
        table = new AddressTable<>(MOST, stack.entropy.nextLong());
    }

    /// Whether packets to a group are for us. Nothing here allocates.
    boolean hears(long high, long low) {
        if (isAllNodes(high, low)) {
            return true;
        }
        Group group = table.peek(high, low);
        return group != null && group.members > 0;
    }

    /// 224.0.0.1, ff02::1 and ff01::1, of which nobody is told (RFC 3376, 5; RFC 3810, 6).
    private static boolean isAllNodes(long high, long low) {
        return Addresses.isIpv4(high, low)
                ? (int) low == 0xe000_0001
                : low == 1 && (high == Addresses.LINK_GROUPS || high == 0xff01L << 48);
    }

    /// False if there are too many.
    boolean join(long high, long low, long now) {
        Group group = table.peek(high, low);
        if (group == null) {
            if (table.isFull()) {
                return false;
            }
            var made = new Group(high, low);
            made.change = stack.timers.timer(time -> tellChange(made, time));
            made.answer = stack.timers.timer(time -> answer(made, time));
            table.add(high, low, made);
            groups.add(made);
            group = made;
        }
        if (++group.members == 1 && !isAllNodes(high, low)) {
            group.changes = ROBUSTNESS;
            tellChange(group, now);
        }
        return true;
    }

    void leave(long high, long low, long now) {
        Group group = table.peek(high, low);
        if (group != null && group.members > 0 && --group.members == 0) {
            group.changes = isAllNodes(high, low) ? 0 : ROBUSTNESS;
            tellChange(group, now);
        }
    }

    private void tellChange(Group group, long now) {
        if (group.changes > 0) {
            group.changes--;
            int type = group.members > 0 ? GroupRecord.TO_EXCLUDE : GroupRecord.TO_INCLUDE;
            report(group, type, now);
        }
        if (group.changes > 0 && group.change != null) {
            group.change.set(now + random(UNSOLICITED_REPORT_INTERVAL));
        } else if (group.members == 0) {
            table.remove(group.high, group.low);
            groups.remove(group);
            if (group.answer != null) {
                group.answer.cancel();
            }
        }
    }

    /// A router asks; the unspecified address asks for all groups of its version.
    void query(long high, long low, long withinNanos, long now) {
        boolean all = Addresses.isUnspecified(high, low);
        boolean ipv4 = Addresses.isIpv4(high, low);
        for (Group group : groups) {
            boolean asked =
                    all
                            ? Addresses.isIpv4(group.high, group.low) == ipv4
                            : group.high == high && group.low == low;
            if (asked && group.members > 0 && group.answer != null) {
                long at = now + random(Math.max(1, withinNanos));
                if (group.answer.deadline() > at) {
                    group.answer.set(at);
                }
            }
        }
    }

    private void answer(Group group, long now) {
        if (group.members > 0 && !isAllNodes(group.high, group.low)) {
            report(group, GroupRecord.IS_EXCLUDE, now);
        }
    }

    private void report(Group group, int type, long now) {
        if (Addresses.isIpv4(group.high, group.low)) {
            stack.igmp.report((int) group.low, type, now);
        } else {
            stack.mld.report(group.high, group.low, type, now);
        }
    }

    private long random(long below) {
        return Long.remainderUnsigned(stack.entropy.nextLong(), below);
    }
}
