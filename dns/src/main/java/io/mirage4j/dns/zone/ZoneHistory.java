// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import java.util.ArrayList;
import java.util.List;

/// The last changes of a zone, each from the version that the one before led to, and of all of them
/// so many records and no more. It never changes: [#with] makes the next one.
public final class ZoneHistory {
    public static final ZoneHistory NONE = new ZoneHistory(List.of(), 0);

    /// How many records, and how many changes, are kept.
    public static final int MOST_RECORDS = 100_000;

    private static final int MOST_CHANGES = 1000;

    private final List<ZoneChange> changes;
    private final int records;

    private ZoneHistory(List<ZoneChange> changes, int records) {
        this.changes = changes;
        this.records = records;
    }

    /// With one more; what does not lead to it is forgotten, and the oldest where it gets too much.
    public ZoneHistory with(ZoneChange change) {
        List<ZoneChange> next = new ArrayList<>();
        int count = 0;
        boolean follows = !changes.isEmpty() && changes.getLast().toSerial() == change.fromSerial();
        if (follows) {
            next.addAll(changes);
            count = records;
        }
        next.add(change);
        count += change.records();
        int forgotten = 0;
        while (forgotten < next.size()
                && (count > MOST_RECORDS || next.size() - forgotten > MOST_CHANGES)) {
            count -= next.get(forgotten++).records();
        }
        return new ZoneHistory(List.copyOf(next.subList(forgotten, next.size())), count);
    }

    /// The changes that lead from the version with that serial to the last, the oldest first; empty
    /// if they are not known.
    public List<ZoneChange> since(int serial) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i).fromSerial() == serial) return changes.subList(i, changes.size());
        }
        return List.of();
    }

    public List<ZoneChange> changes() {
        return changes;
    }
}
