// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tcpip.packetdrill.Script.Value;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpListener;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.tcp.TcpState;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The system calls of scripts, on a TCP stack. A call that would block is tried again until it is
/// through.
final class Kernel {
    private static final int LOCAL_PORT = 8080;
    private static final int PEEK = 2;
    private static final int DONT_WAIT = 0x40;
    private static final int MORE = 0x8000;
    private static final int END_OF_RECORD = 0x80;
    private static final int FAST_OPEN = 0x20000000;

    /// What a call came to. `errno` is empty if it went well.
    record Outcome(long result, String errno) {}

    private final Host host;
    private final boolean freebsd;
    private final Map<Long, Object> descriptors = new HashMap<>();
    private final Options options;
    Flow flow;
    Socket underTest;
    private int nextRemotePort = 40_000;
    private final Cstruct scratch = Cstruct.create(1 << 20);

    Kernel(Host host, boolean freebsd) {
        this.host = host;
        this.freebsd = freebsd;
        options = new Options(host, this, freebsd);
        flow = new Flow(LOCAL_PORT, nextRemotePort);
    }

    Flow newFlow(int localPort) {
        flow = new Flow(localPort, ++nextRemotePort);
        return flow;
    }

    static Outcome ok(long result) {
        return new Outcome(result, "");
    }

    static Outcome error(String errno) {
        return new Outcome(-1, errno);
    }

    /// Starts a call. The supplier gives its outcome, or null as long as it blocks.
    Supplier<Outcome> start(Script.Call call) {
        List<Value> a = call.arguments();
        switch (call.name()) {
            case "socket" -> {
                Outcome made = socket(call);
                return () -> made;
            }
            case "connect" -> {
                return connect(socket(a));
            }
            case "accept" -> {
                return accept(socket(a), call);
            }
            case "read", "recv", "recvfrom" -> {
                long flags = a.size() > 3 ? Constants.value(a.get(3)) : 0;
                boolean isNull = isNull(a.get(1));
                return read(socket(a), (int) Constants.value(a.get(2)), (int) flags, isNull);
            }
            case "recvmsg" -> {
                return receiveMessage(socket(a), a);
            }
            case "write", "send" -> {
                long flags = a.size() > 3 ? Constants.value(a.get(3)) : 0;
                return write(
                        socket(a), (int) Constants.value(a.get(2)), (int) flags, isNull(a.get(1)));
            }
            case "readv" -> {
                return read(socket(a), length(a.get(1)), 0, false);
            }
            case "writev", "sendmsg" -> {
                long flags = call.name().equals("sendmsg") ? Constants.value(a.get(2)) : 0;
                Value vector =
                        call.name().equals("sendmsg")
                                ? ((Script.Fields) a.get(1)).fields().get("msg_iov")
                                : a.get(1);
                Socket s = socket(a);
                int len = length(vector);
                if ((flags & FAST_OPEN) != 0) return sendTo(s, len, (int) flags, false);
                return write(s, len, (int) flags, false);
            }
            case "sendto" -> {
                if (a.get(4) instanceof Script.Name n && n.name().equals("AF_UNSPEC")) {
                    return () -> error("EOPNOTSUPP");
                }
                return sendTo(
                        socket(a),
                        (int) Constants.value(a.get(2)),
                        (int) Constants.value(a.get(3)),
                        isNull(a.get(1)));
            }
            case "poll" -> {
                return poll(a);
            }
            case "epoll_wait" -> {
                return epollWait(a);
            }
            default -> {
                Outcome outcome = immediate(call.name(), a, call);
                return () -> outcome;
            }
        }
    }

    private Outcome immediate(String name, List<Value> a, Script.Call call) {
        return switch (name) {
            case "bind" -> bind(socket(a));
            case "listen" -> listen(socket(a), (int) Constants.value(a.get(1)));
            case "close" -> close(Constants.value(a.getFirst()));
            case "shutdown" -> shutdown(socket(a), (int) Constants.value(a.get(1)));
            case "fcntl" -> control(socket(a), a);
            case "ioctl" -> ioctl(socket(a), a);
            case "setsockopt" -> options.set(socket(a), a);
            case "getsockopt" -> options.get(socket(a), a);
            case "epoll_create" -> put(call, new Epoll());
            case "epoll_ctl" -> epollControl(a);
            case "open" -> put(call, "file");
            case "sendfile" -> write(socket(a), (int) Constants.value(a.get(3)), 0, false).get();
            default -> throw new Skipped(name + "()");
        };
    }

    private Outcome put(Script.Call call, Object descriptor) {
        long fd = Constants.value(call.result());
        descriptors.put(fd, descriptor);
        return ok(fd);
    }

    private static boolean isNull(Value value) {
        return value instanceof Script.Name name && name.name().equals("NULL");
    }

    private static int length(Value vector) {
        int total = 0;
        for (Value item : ((Script.Items) vector).items()) {
            var pair = (Script.Items) ((Script.Fields) item).fields().get("");
            total += (int) Constants.value(pair.items().getLast());
        }
        return total;
    }

    Socket socket(List<Value> arguments) {
        if (descriptors.get(Constants.value(arguments.getFirst())) instanceof Socket s) return s;
        throw new AssertionError("no such socket: " + arguments.getFirst());
    }

    private Outcome socket(Script.Call call) {
        for (Value value : call.arguments()) {
            if (value instanceof Script.Name n && n.name().equals("SOCK_DGRAM")) {
                throw new Skipped("SOCK_DGRAM");
            }
        }
        var s = new Socket(new TcpSettings());
        if (freebsd) {
            s.settings.keepAlive = true;
        }
        if (underTest == null || underTest.connection == null && underTest.listener == null) {
            underTest = s;
        }
        return put(call, s);
    }

    private Outcome bind(Socket s) {
        s.bound = true;
        host.tcp.bind(LOCAL_PORT, s.settings);
        return ok(0);
    }

    private Outcome listen(Socket s, int backlog) {
        if (s.listener == null) {
            s.listener = host.tcp.listen(LOCAL_PORT, backlog, s.settings);
            underTest = s;
            flow = new Flow(LOCAL_PORT, nextRemotePort);
            flow.listening = true;
        }
        return ok(0);
    }

    /// A SYN of the script goes to the listener: the connection under test is its child.
    void childBegins(long scriptSeq) {
        flow = new Flow(LOCAL_PORT, ++nextRemotePort);
        flow.remoteSyn(scriptSeq);
    }

    private boolean prepare(Socket s) {
        Envelope out = host.outward();
        s.connection =
                host.tcp.prepare(out, s.bound ? LOCAL_PORT : 0, LOCAL_PORT, s.settings, host.now);
        if (s.connection == null) return false;
        underTest = s;
        flow = new Flow(s.connection.localPort(), LOCAL_PORT);
        return true;
    }

    private Supplier<Outcome> connect(Socket s) {
        if (s.connection != null && !s.deferredConnect) {
            return () -> error(s.isConnecting() ? "EALREADY" : "EISCONN");
        }
        if (!prepare(s)) return () -> error("EADDRINUSE");
        if (s.fastOpenConnect) {
            s.change().fastOpen = true;
            if (s.connection.fastOpenRoom() > 0) {
                s.deferredConnect = true;
                return () -> ok(0);
            }
        }
        host.tcp.open(s.connection, host.now);
        if (s.nonBlocking) return () -> error("EINPROGRESS");
        return () -> connected(s, 0);
    }

    private Outcome connected(Socket s, long result) {
        if (s.connection.state() == TcpState.CLOSED) {
            String errno = s.takeError();
            return error(errno.isEmpty() ? "ECONNABORTED" : errno);
        }
        return s.isConnecting() ? null : ok(result);
    }

    private Supplier<Outcome> accept(Socket s, Script.Call call) {
        return () -> {
            TcpListener l = s.listener;
            if (l == null) return error("EINVAL");
            TcpConnection c = l.accept();
            if (c == null) return s.nonBlocking ? error("EAGAIN") : null;
            var child = new Socket(s.settings);
            child.connection = c;
            child.accepted = true;
            child.edge = true;
            child.sendBuffer = s.sendBuffer;
            child.receiveBuffer = s.receiveBuffer;
            underTest = child;
            return put(call, child);
        };
    }

    private Supplier<Outcome> read(Socket s, int len, int flags, boolean isNull) {
        return () -> {
            TcpConnection c = s.connection;
            if (c == null || s.deferredConnect) return error(c == null ? "ENOTCONN" : "EAGAIN");
            if (c.readable() > 0) {
                if (isNull) return error("EFAULT");
                if ((flags & PEEK) != 0) return ok(c.peek(scratch, 0, Math.min(len, 1 << 20)));
                return ok(c.read(scratch, 0, Math.min(len, 1 << 20), host.now));
            }
            if (isNull) return error("EFAULT");
            String errno = s.takeError();
            if (!errno.isEmpty()) return error(errno);
            if (c.isAtEnd() || s.shutRead) return ok(0);
            if (s.nonBlocking || (flags & DONT_WAIT) != 0) return error("EAGAIN");
            return null;
        };
    }

    private Supplier<Outcome> receiveMessage(Socket s, List<Value> a) {
        var message = ((Script.Fields) a.get(1)).fields();
        if (message.toString().contains("ERRQUEUE")) throw new Skipped("MSG_ERRQUEUE");
        Supplier<Outcome> read =
                read(s, length(message.get("msg_iov")), (int) Constants.value(a.get(2)), false);
        return () -> {
            Outcome outcome = read.get();
            if (outcome != null && message.get("msg_control") instanceof Script.Items control) {
                for (Value item : control.items()) {
                    var fields = ((Script.Fields) item).fields();
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
            return outcome;
        };
    }

    private Supplier<Outcome> sendTo(Socket s, int len, int flags, boolean isNull) {
        boolean opens = (flags & FAST_OPEN) != 0 || freebsd && s.settings.fastOpen;
        if (!opens || s.connection != null && !s.deferredConnect) {
            if ((flags & FAST_OPEN) != 0 && s.isConnecting()) return () -> error("EALREADY");
            return write(s, len, flags, isNull);
        }
        if (isNull) return () -> error("EFAULT");
        if (!freebsd && !host.parameters.fastOpenClient) return () -> error("EOPNOTSUPP");
        s.settings.fastOpen = true;
        if (s.connection == null && !prepare(s)) return () -> error("EADDRINUSE");
        return openFast(s, len, flags);
    }

    private Supplier<Outcome> openFast(Socket s, int len, int flags) {
        s.deferredConnect = false;
        boolean waits = !s.nonBlocking && (flags & DONT_WAIT) == 0;
        TcpConnection c = s.connection;
        c.change().fastOpen = true;
        int room = c.fastOpenRoom();
        if (waits || freebsd) {
            c.write(scratch, 0, len, host.now);
            host.tcp.open(c, host.now);
            return freebsd ? () -> ok(len) : () -> connected(s, len);
        }
        int count = room > 0 ? Math.min(len, room) : 0;
        if (count > 0) {
            c.write(scratch, 0, count, host.now);
        }
        host.tcp.open(c, host.now);
        return count > 0 ? () -> ok(count) : () -> error("EINPROGRESS");
    }

    private Supplier<Outcome> write(Socket s, int len, int flags, boolean isNull) {
        if (s.deferredConnect) {
            if (isNull) return () -> error("EFAULT");
            return openFast(s, len, flags);
        }
        int[] done = {0};
        boolean[] blocked = {false};
        boolean waits = !s.nonBlocking && (flags & DONT_WAIT) == 0;
        return () -> {
            TcpConnection c = s.connection;
            if (c == null) return error("EPIPE");
            if (s.isConnecting()) return waits ? null : error("EAGAIN");
            String errno = s.takeError();
            if (!errno.isEmpty()) return done[0] > 0 ? ok(done[0]) : error(errno);
            if (s.shutWrite || c.state() == TcpState.CLOSED) return error("EPIPE");
            if (isNull) return error("EFAULT");
            if (blocked[0] && !c.isWorthWriting()) return null;
            boolean more = (flags & MORE) != 0;
            if ((flags & END_OF_RECORD) != 0) {
                done[0] += c.writeRecord(scratch, 0, len, host.now);
                return ok(done[0]);
            }
            while (done[0] < len) {
                int chunk = Math.min(len - done[0], scratch.length());
                int count = c.write(scratch, 0, chunk, more, host.now);
                done[0] += count;
                if (count < chunk) break;
            }
            if (done[0] == len) return ok(len);
            blocked[0] = true;
            if (waits) return null;
            return done[0] > 0 ? ok(done[0]) : error("EAGAIN");
        };
    }

    private Outcome close(long fd) {
        Object closed = descriptors.remove(fd);
        if (closed instanceof Socket s) {
            if (s.listener != null) {
                s.listener.close(host.now);
                host.tcp.unbind(LOCAL_PORT);
            } else if (s.deferredConnect) {
                s.connection = null;
            } else if (s.connection != null && s.resetsOnClose) {
                s.connection.abort(host.now);
            } else if (s.connection != null) {
                s.connection.close(host.now);
            } else if (s.bound) {
                host.tcp.unbind(LOCAL_PORT);
            }
        }
        return ok(0);
    }

    private Outcome shutdown(Socket s, int how) {
        if (s.connection == null) return error("ENOTCONN");
        if (how != 1) {
            s.shutRead = true;
        }
        if (how != 0) {
            s.shutWrite = true;
            s.connection.shutdownWrite(host.now);
        }
        return ok(0);
    }

    private static Outcome control(Socket s, List<Value> a) {
        String command = ((Script.Name) a.get(1)).name();
        if (command.equals("F_GETFL")) return ok(2 | (s.nonBlocking ? 0x800 : 0));
        if (!command.equals("F_SETFL")) throw new Skipped(command);
        s.nonBlocking = (Constants.value(a.get(2)) & 0x800) != 0;
        return ok(0);
    }

    private static Outcome ioctl(Socket s, List<Value> a) {
        String request = ((Script.Name) a.get(1)).name();
        long value =
                switch (request) {
                    case "SIOCINQ", "FIONREAD" -> s.connection.readable();
                    case "SIOCOUTQ" -> s.connection.unacknowledged();
                    case "SIOCOUTQNSD" -> s.connection.unsent();
                    default -> throw new Skipped("ioctl " + request);
                };
        long wanted = Constants.value(a.get(2));
        if (value != wanted) throw new AssertionError(request + " " + value + " for " + wanted);
        return ok(0);
    }

    private Supplier<Outcome> poll(List<Value> a) {
        var items = ((Script.Items) a.getFirst()).items();
        long timeout = Constants.value(a.get(2));
        long until = timeout < 0 ? Long.MAX_VALUE : host.now + timeout * 1_000_000L;
        return () -> {
            int ready = 0;
            for (Value item : items) {
                var fields = ((Script.Fields) item).fields();
                int events = (int) Constants.value(fields.get("events")) | 8 | 16;
                int seen = socket(List.of(fields.get("fd"))).ready() & events;
                if (seen != 0) {
                    ready++;
                }
            }
            if (ready == 0 && host.now < until) return null;
            for (Value item : items) {
                var fields = ((Script.Fields) item).fields();
                int events = (int) Constants.value(fields.get("events")) | 8 | 16;
                int seen = socket(List.of(fields.get("fd"))).ready() & events;
                int wanted = (int) Constants.value(fields.get("revents"));
                if (seen != wanted) throw new AssertionError("revents " + seen + " for " + wanted);
            }
            return ok(ready);
        };
    }

    /// What an epoll descriptor watches: events by descriptor.
    private static final class Epoll {
        final Map<Long, Integer> events = new HashMap<>();
    }

    private Outcome epollControl(List<Value> a) {
        var epoll = (Epoll) descriptors.get(Constants.value(a.getFirst()));
        long fd = Constants.value(a.get(2));
        long events = Constants.value(((Script.Fields) a.get(3)).fields().get("events"));
        epoll.events.put(fd, (int) events);
        ((Socket) descriptors.get(fd)).edge = true;
        return ok(0);
    }

    private Supplier<Outcome> epollWait(List<Value> a) {
        var epoll = (Epoll) descriptors.get(Constants.value(a.getFirst()));
        long timeout = Constants.value(a.get(3));
        long until = timeout < 0 ? Long.MAX_VALUE : host.now + timeout * 1_000_000L;
        int wanted = (int) Constants.value(((Script.Fields) a.get(1)).fields().get("events"));
        return () -> {
            noteEdges();
            for (var entry : epoll.events.entrySet()) {
                int events = entry.getValue();
                var s = (Socket) descriptors.get(entry.getKey());
                if (s == null || events == 0) continue;
                int ready = s.ready() & (events | 8 | 16);
                boolean edgeTriggered = (events & 0x80000000) != 0;
                if (ready == 0 || edgeTriggered && !s.edge) continue;
                s.edge = false;
                if ((events & 0x40000000) != 0) {
                    entry.setValue(0);
                }
                if (ready != wanted) throw new AssertionError("events " + ready + " for " + wanted);
                return ok(1);
            }
            return host.now < until ? null : ok(0);
        };
    }

    /// Whoever something happened to is worth a look for edge-triggered watchers.
    private void noteEdges() {
        for (TcpConnection c; (c = host.tcp.nextEvent()) != null; ) {
            host.tcp.takeEvents(c);
            for (Object descriptor : descriptors.values()) {
                if (descriptor instanceof Socket s && s.connection == c) {
                    s.edge = true;
                }
            }
        }
    }
}
