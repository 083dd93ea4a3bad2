// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.packetdrill.Script.Value;
import io.mirage4j.tcpip.tcp.TcpConnection;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// What Linux tells of octets that were written, in a queue beside the stream: that the memory of a
/// `MSG_ZEROCOPY` is free again, and when the last octet of a write was sent and acknowledged. Our
/// stack copies, and says so.
final class ErrorQueue {
    static final int TIMESTAMP_SENT = 1 << 1;
    static final int TIMESTAMP_SCHEDULED = 1 << 8;
    static final int TIMESTAMP_ACKNOWLEDGED = 1 << 9;

    private static final int ORIGIN_TIMESTAMPING = 4;
    private static final int ORIGIN_ZEROCOPY = 5;
    private static final int INFO_SENT = 0;
    private static final int INFO_SCHEDULED = 1;
    private static final int INFO_ACKNOWLEDGED = 2;
    private static final long TOLERANCE_NANOS = 10_000_000;

    /// A write whose last octet is the one before `end` in the stream.
    private record Write(long end, long id) {}

    private static final class Note {
        final int origin;
        final long at;
        long info;
        long data;

        Note(int origin, long info, long data, long at) {
            this.origin = origin;
            this.info = info;
            this.data = data;
            this.at = at;
        }
    }

    private final ArrayDeque<Write> unfreed = new ArrayDeque<>();
    private final ArrayDeque<Write> unsent = new ArrayDeque<>();
    private final ArrayDeque<Write> unacknowledged = new ArrayDeque<>();
    private final ArrayDeque<Note> notes = new ArrayDeque<>();
    private long zeroCopies;
    private long firstKey;
    private int stamps;

    boolean isEmpty() {
        return notes.isEmpty();
    }

    /// Asks for timestamps; octets are counted from `acknowledged`.
    void stamp(int kinds, long acknowledged) {
        stamps = kinds;
        firstKey = acknowledged;
    }

    /// Octets were written, the last one before `end`.
    void wrote(long end, boolean zeroCopy) {
        if (zeroCopy) {
            unfreed.add(new Write(end, zeroCopies++));
        }
        if (stamps != 0) {
            unsent.add(new Write(end, end - firstKey - 1));
        }
    }

    /// Notes what has happened since; true if something has.
    boolean look(TcpConnection c, long written, long now) {
        int before = notes.size();
        long sent = written - c.unsent();
        long acknowledged = written - c.unacknowledged();
        for (Write w; (w = unsent.peek()) != null && w.end <= sent; unsent.remove()) {
            stamp(TIMESTAMP_SCHEDULED, INFO_SCHEDULED, w, now);
            stamp(TIMESTAMP_SENT, INFO_SENT, w, now);
            unacknowledged.add(w);
        }
        for (Write w; (w = unacknowledged.peek()) != null && w.end <= acknowledged; ) {
            unacknowledged.remove();
            stamp(TIMESTAMP_ACKNOWLEDGED, INFO_ACKNOWLEDGED, w, now);
        }
        boolean freed = false;
        for (Write w; (w = unfreed.peek()) != null && w.end <= acknowledged; unfreed.remove()) {
            freed = true;
            free(w.id, now);
        }
        return freed || notes.size() > before;
    }

    private void stamp(int kind, int info, Write w, long now) {
        if ((stamps & kind) != 0) {
            notes.add(new Note(ORIGIN_TIMESTAMPING, info, w.id, now));
        }
    }

    /// Numbers that follow each other are told at once.
    private void free(long id, long now) {
        Note last = notes.peekLast();
        if (last != null && last.origin == ORIGIN_ZEROCOPY && last.data == id - 1) {
            last.data = id;
        } else {
            notes.add(new Note(ORIGIN_ZEROCOPY, id, id, now));
        }
    }

    /// Takes the first note, which must be what `control` says; false if there is none.
    boolean read(List<Value> control, long start) {
        Note note = notes.poll();
        if (note == null) return false;
        int wanted = note.origin == ORIGIN_ZEROCOPY ? 1 : 2;
        if (control.size() != wanted) throw new AssertionError(control + " for " + show(note));
        for (Iterator<Value> items = control.iterator(); items.hasNext(); ) {
            Map<String, Value> fields = ((Script.Fields) items.next()).fields();
            Map<String, Value> data = ((Script.Fields) fields.get("cmsg_data")).fields();
            boolean right = items.hasNext() ? isAt(data, note.at - start) : isError(data, note);
            if (!right) throw new AssertionError(show(note) + " for " + data);
        }
        return true;
    }

    private static boolean isAt(Map<String, Value> data, long nanos) {
        long wanted =
                Constants.value(data.get("scm_sec")) * 1_000_000_000L
                        + Constants.value(data.get("scm_nsec"));
        return Math.abs(nanos - wanted) <= TOLERANCE_NANOS;
    }

    private static boolean isError(Map<String, Value> data, Note note) {
        return Constants.value(data.get("ee_origin")) == note.origin
                && Constants.value(data.get("ee_info")) == note.info
                && Constants.value(data.get("ee_data")) == note.data;
    }

    private static String show(Note note) {
        return "origin " + note.origin + ", info " + note.info + ", data " + note.data;
    }
}
