// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import static io.mirage4j.tcpip.packetdrill.Kernel.error;
import static io.mirage4j.tcpip.packetdrill.Kernel.ok;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tcpip.packetdrill.Kernel.Outcome;
import io.mirage4j.tcpip.packetdrill.Script.Value;
import io.mirage4j.tcpip.tcp.TcpConnection;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The system calls that read, from the stream and from the queue of errors beside it.
final class Reading {
    private static final int OUT_OF_BAND = 1;
    private static final int PEEK = 2;
    private static final int TRUNCATE = 0x20;
    private static final int DONT_WAIT = 0x40;
    private static final int WAIT_FOR_ALL = 0x100;
    private static final int ERROR_QUEUE = 0x2000;

    private final Host host;
    private final Cstruct scratch = Cstruct.create(1 << 20);

    Reading(Host host) {
        this.host = host;
    }

    Supplier<Outcome> read(Socket s, int len, int flags, boolean isNull) {
        if ((flags & OUT_OF_BAND) != 0) return () -> readUrgent(s);
        int[] done = {0};
        long until = s.receiveTimeoutNanos > 0 ? host.now + s.receiveTimeoutNanos : Long.MAX_VALUE;
        return () -> {
            Outcome outcome = attempt(s, len - done[0], flags, isNull);
            if (outcome == null) return host.now < until ? null : partly(done[0]);
            if (outcome.result() <= 0) return done[0] > 0 ? ok(done[0]) : outcome;
            done[0] += (int) outcome.result();
            boolean waits = (flags & PEEK) == 0 && (flags & DONT_WAIT) == 0 && !s.nonBlocking;
            int enough = (flags & WAIT_FOR_ALL) != 0 ? len : Math.min(s.receiveLowWater, len);
            return waits && done[0] < enough && !s.connection.isAtEnd() ? null : ok(done[0]);
        };
    }

    private static Outcome partly(int done) {
        return done > 0 ? ok(done) : error("EAGAIN");
    }

    private Outcome attempt(Socket s, int len, int flags, boolean isNull) {
        TcpConnection c = s.connection;
        if (c == null || s.deferredConnect) return error(c == null ? "ENOTCONN" : "EAGAIN");
        passUrgent(s);
        if (c.readable() > 0 && !(isNull && (flags & TRUNCATE) == 0)) {
            int most = Math.min(Math.min(len, 1 << 20), s.beforeUrgent());
            if ((flags & PEEK) != 0) return ok(c.peek(scratch, 0, most));
            int count = c.read(scratch, 0, most, host.now);
            s.octetsRead += count;
            return ok(count);
        }
        if (isNull && len > 0) return error("EFAULT");
        String errno = s.takeError();
        if (!errno.isEmpty()) return error(errno);
        if (c.isAtEnd() || s.shutRead) return ok(0);
        if (s.nonBlocking || (flags & DONT_WAIT) != 0) return error("EAGAIN");
        return null;
    }

    /// An urgent octet is not of the stream: whoever reads goes over it.
    private void passUrgent(Socket s) {
        if (s.beforeUrgent() == 0 && s.connection.readable() > 0) {
            s.octetsRead += s.connection.skip(1, host.now);
            s.urgentAt = -1;
        }
    }

    private static Outcome readUrgent(Socket s) {
        if (!s.hasUrgent) return error("EINVAL");
        s.hasUrgent = false;
        return ok(1);
    }

    /// What `splice` takes of a stream ends at an urgent octet, without waiting.
    Supplier<Outcome> splice(Socket s, int len, boolean waits) {
        return () -> {
            if (s.connection != null && s.beforeUrgent() == 0) return ok(0);
            Outcome outcome = attempt(s, len, waits ? 0 : DONT_WAIT, false);
            return outcome;
        };
    }

    Supplier<Outcome> message(Socket s, List<Value> a, long start) {
        Map<String, Value> message = ((Script.Fields) a.get(1)).fields();
        int flags = (int) Constants.value(a.get(2));
        List<Value> control =
                message.get("msg_control") instanceof Script.Items items
                        ? items.items()
                        : List.of();
        if ((flags & ERROR_QUEUE) != 0) {
            return () -> s.errors.read(control, start) ? ok(0) : error("EAGAIN");
        }
        Supplier<Outcome> read = read(s, Kernel.length(message.get("msg_iov")), flags, false);
        return () -> {
            Outcome outcome = read.get();
            if (outcome != null) {
                control.forEach(item -> compareInq(s, ((Script.Fields) item).fields()));
            }
            return outcome;
        };
    }

    private static void compareInq(Socket s, Map<String, Value> fields) {
        String type = fields.get("cmsg_type").toString();
        if (!type.contains("TCP_CM_INQ")) throw new Skipped(type);
        long inq = s.connection.readable();
        if (inq == 0 && s.connection.isPeerDone()) {
            inq = 1;
        }
        long wanted = Constants.value(fields.get("cmsg_data"));
        if (inq != wanted) throw new AssertionError("inq " + inq + " for " + wanted);
    }
}
