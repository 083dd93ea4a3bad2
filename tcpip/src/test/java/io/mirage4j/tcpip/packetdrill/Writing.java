// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import static io.mirage4j.tcpip.packetdrill.Kernel.error;
import static io.mirage4j.tcpip.packetdrill.Kernel.ok;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tcpip.packetdrill.Kernel.Outcome;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpState;

import java.util.function.Predicate;
import java.util.function.Supplier;

/// The system calls that write, those that open a connection with data among them.
final class Writing {
    private static final int OUT_OF_BAND = 1;
    private static final int DONT_WAIT = 0x40;
    private static final int END_OF_RECORD = 0x80;
    private static final int MORE = 0x8000;
    private static final int ZERO_COPY = 0x4000000;
    static final int FAST_OPEN = 0x20000000;

    /// As many pieces of memory fit into what Linux sends at once.
    private static final int MOST_FRAGMENTS = 17;

    private final Host host;
    private final boolean freebsd;
    private final Predicate<Socket> prepare;
    private final Cstruct scratch = Cstruct.create(1 << 20);

    /// `prepare` makes the connection of a socket; false if there is no port.
    Writing(Host host, boolean freebsd, Predicate<Socket> prepare) {
        this.host = host;
        this.freebsd = freebsd;
        this.prepare = prepare;
    }

    Supplier<Outcome> sendTo(Socket s, int len, int flags, boolean isNull) {
        boolean opens = (flags & FAST_OPEN) != 0 || freebsd && s.settings.fastOpen;
        if (!opens || s.connection != null && !s.deferredConnect) {
            if ((flags & FAST_OPEN) != 0 && s.isConnecting()) return () -> error("EALREADY");
            return write(s, len, flags, isNull);
        }
        if (isNull) return () -> error("EFAULT");
        if (!freebsd && !host.parameters.fastOpenClient) return () -> error("EOPNOTSUPP");
        s.settings.fastOpen = true;
        if (s.connection == null && !prepare.test(s)) return () -> error("EADDRINUSE");
        return openFast(s, len, flags);
    }

    private Supplier<Outcome> openFast(Socket s, int len, int flags) {
        s.deferredConnect = false;
        boolean waits = !s.nonBlocking && (flags & DONT_WAIT) == 0;
        TcpConnection c = s.connection;
        c.change().fastOpen = true;
        int room = c.fastOpenRoom();
        if (waits || freebsd) {
            wrote(s, c.write(scratch, 0, len, host.now), flags);
            host.tcp.open(c, host.now);
            return freebsd ? () -> ok(len) : () -> connected(s, len);
        }
        int count = room > 0 ? Math.min(len, room) : 0;
        if (count > 0) {
            wrote(s, c.write(scratch, 0, count, host.now), flags);
        }
        host.tcp.open(c, host.now);
        return count > 0 ? () -> ok(count) : () -> error("EINPROGRESS");
    }

    /// What a call that waits for a connection comes to.
    static Outcome connected(Socket s, long result) {
        if (s.connection.state() == TcpState.CLOSED) {
            String errno = s.takeError();
            return error(errno.isEmpty() ? "ECONNABORTED" : errno);
        }
        return s.isConnecting() ? null : ok(result);
    }

    Supplier<Outcome> write(Socket s, int len, int flags, boolean isNull) {
        if (s.deferredConnect) {
            if (isNull) return () -> error("EFAULT");
            return openFast(s, len, flags);
        }
        if ((flags & OUT_OF_BAND) != 0) throw new Skipped("MSG_OOB sent");
        int[] done = {0};
        boolean[] blocked = {false};
        boolean waits = !s.nonBlocking && (flags & DONT_WAIT) == 0;
        long until = s.sendTimeoutNanos > 0 ? host.now + s.sendTimeoutNanos : Long.MAX_VALUE;
        return () -> {
            TcpConnection c = s.connection;
            if (c == null) return error("EPIPE");
            if (s.isConnecting()) return waits ? null : error("EAGAIN");
            String errno = s.takeError();
            if (!errno.isEmpty()) return done[0] > 0 ? ok(done[0]) : error(errno);
            if (s.shutWrite || c.state() == TcpState.CLOSED) return error("EPIPE");
            if (isNull && len > 0) return error("EFAULT");
            if (!blocked[0] || c.isWorthWriting()) {
                done[0] += some(s, len - done[0], flags);
                if (done[0] == len) return ok(len);
                blocked[0] = true;
            }
            if (waits && host.now < until) return null;
            return done[0] > 0 ? ok(done[0]) : error("EAGAIN");
        };
    }

    private int some(Socket s, int len, int flags) {
        TcpConnection c = s.connection;
        int done = 0;
        if ((flags & END_OF_RECORD) != 0) {
            done = c.writeRecord(scratch, 0, len, host.now);
        } else {
            boolean more = (flags & MORE) != 0;
            while (done < len) {
                int chunk = Math.min(len - done, scratch.length());
                int count = c.write(scratch, 0, chunk, more, host.now);
                done += count;
                if (count < chunk) break;
            }
        }
        wrote(s, done, flags);
        return done;
    }

    /// Writes single octets without copying: each is a piece of memory.
    Supplier<Outcome> writePieces(Socket s, int pieces, int flags) {
        boolean waits = (flags & ZERO_COPY) != 0 && s.connection != null;
        if (!waits || pieces <= MOST_FRAGMENTS) return write(s, pieces, flags, false);
        for (int done = 0; done < pieces; done += MOST_FRAGMENTS) {
            int count = Math.min(MOST_FRAGMENTS, pieces - done);
            s.connection.writeRecord(scratch, 0, count, host.now);
        }
        wrote(s, pieces, flags);
        return () -> ok(pieces);
    }

    private void wrote(Socket s, int octets, int flags) {
        if (octets == 0) return;
        s.octetsWritten += octets;
        s.errors.wrote(s.octetsWritten, s.zeroCopy && (flags & ZERO_COPY) != 0);
        s.look(host.now);
    }
}
