// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.tcpip.packetdrill.Script.Value;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpListener;
import io.mirage4j.tcpip.tcp.TcpSettings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The system calls of scripts, on a TCP stack. A call that would block is tried again until it is
/// through.
final class Kernel {
    private static final int LOCAL_PORT = 8080;
    private static final int SPLICE_DONT_WAIT = 2;

    /// What a call came to. `errno` is empty if it went well.
    record Outcome(long result, String errno) {}

    private final Host host;
    private final boolean freebsd;
    private final Map<Long, Object> descriptors = new HashMap<>();
    private final Options options;
    Flow flow;
    Socket underTest;
    private int nextRemotePort = 40_000;
    private final Reading reading;
    private final Writing writing;
    private final Readiness readiness;

    Kernel(Host host, boolean freebsd) {
        this.host = host;
        this.freebsd = freebsd;
        options = new Options(host, freebsd);
        reading = new Reading(host);
        writing = new Writing(host, freebsd, this::prepare);
        readiness = new Readiness(host, descriptors);
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
                return isName(a.get(1), "AF_UNSPEC") ? disconnect(socket(a)) : connect(socket(a));
            }
            case "accept", "accept4" -> {
                return accept(socket(a), call);
            }
            case "read", "recv", "recvfrom" -> {
                int flags = a.size() > 3 ? (int) Constants.value(a.get(3)) : 0;
                boolean isNull = isNull(a.get(1));
                return reading.read(socket(a), (int) Constants.value(a.get(2)), flags, isNull);
            }
            case "recvmsg" -> {
                return reading.message(socket(a), a, host.started);
            }
            case "readv" -> {
                return reading.read(socket(a), length(a.get(1)), 0, false);
            }
            case "write", "send" -> {
                int flags = a.size() > 3 ? (int) Constants.value(a.get(3)) : 0;
                boolean isNull = isNull(a.get(1));
                return writing.write(socket(a), (int) Constants.value(a.get(2)), flags, isNull);
            }
            case "writev" -> {
                return writing.write(socket(a), length(a.get(1)), 0, false);
            }
            case "sendmsg" -> {
                return sendMessage(socket(a), a);
            }
            case "sendto" -> {
                if (isName(a.get(4), "AF_UNSPEC")) return () -> error("EOPNOTSUPP");
                return writing.sendTo(
                        socket(a),
                        (int) Constants.value(a.get(2)),
                        (int) Constants.value(a.get(3)),
                        isNull(a.get(1)));
            }
            case "sendfile" -> {
                return writing.write(socket(a), (int) Constants.value(a.get(3)), 0, false);
            }
            case "splice" -> {
                return splice(a);
            }
            case "poll" -> {
                return readiness.poll(a);
            }
            case "epoll_wait" -> {
                return readiness.await(a);
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
            case "epoll_create", "epoll_create1" -> put(call, new Readiness.Epoll());
            case "epoll_ctl" -> readiness.control(a);
            case "open" -> put(call, "file");
            case "pipe" -> pipe(((Script.Items) a.getFirst()).items());
            // What a program may do is not what TCP does.
            case "cap_set" -> ok(0);
            default -> throw new Skipped(name + "()");
        };
    }

    private Supplier<Outcome> sendMessage(Socket s, List<Value> a) {
        Value vector = ((Script.Fields) a.get(1)).fields().get("msg_iov");
        int flags = (int) Constants.value(a.get(2));
        int len = length(vector);
        if ((flags & Writing.FAST_OPEN) != 0) return writing.sendTo(s, len, flags, false);
        boolean single = ((Script.Items) vector).items().size() == len;
        return single ? writing.writePieces(s, len, flags) : writing.write(s, len, flags, false);
    }

    /// Octets between two descriptors.
    private static final class Pipe {
        int octets;
    }

    private Outcome pipe(List<Value> ends) {
        var pipe = new Pipe();
        for (Value end : ends) descriptors.put(Constants.value(end), pipe);
        return ok(0);
    }

    private Supplier<Outcome> splice(List<Value> a) {
        Object from = descriptors.get(Constants.value(a.getFirst()));
        Object to = descriptors.get(Constants.value(a.get(2)));
        int len = (int) Constants.value(a.get(4));
        boolean waits = (Constants.value(a.get(5)) & SPLICE_DONT_WAIT) == 0;
        if (from instanceof Pipe pipe && to instanceof Socket s) {
            int count = Math.min(len, pipe.octets);
            pipe.octets -= count;
            return writing.write(s, count, 0, false);
        }
        if (!(to instanceof Pipe pipe)) return () -> error("EINVAL");
        Supplier<Outcome> read =
                from instanceof Socket s ? reading.splice(s, len, waits) : () -> ok(len);
        return () -> {
            Outcome outcome = read.get();
            if (outcome != null && outcome.result() > 0) {
                pipe.octets += (int) outcome.result();
            }
            return outcome;
        };
    }

    private Outcome put(Script.Call call, Object descriptor) {
        long fd = Constants.value(call.result());
        descriptors.put(fd, descriptor);
        return ok(fd);
    }

    private static boolean isNull(Value value) {
        return isName(value, "NULL");
    }

    private static boolean isName(Value value, String wanted) {
        return value instanceof Script.Name name && name.name().equals(wanted);
    }

    static int length(Value vector) {
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
        var s = new Socket(new TcpSettings(), freebsd);
        s.nonBlocking = isNonBlocking(call.arguments().get(1));
        if (freebsd) {
            s.settings.keepAlive = true;
        }
        if (underTest == null || underTest.connection == null && underTest.listener == null) {
            underTest = s;
        }
        return put(call, s);
    }

    private static boolean isNonBlocking(Value type) {
        return type instanceof Script.Either either
                ? either.values().stream().anyMatch(Kernel::isNonBlocking)
                : isName(type, "SOCK_NONBLOCK");
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
        return () -> Writing.connected(s, 0);
    }

    /// Back to a socket that is neither connected nor listens.
    private Supplier<Outcome> disconnect(Socket s) {
        if (s.connection != null) {
            s.connection.abort(host.now);
            s.connection = null;
        }
        if (s.listener != null) {
            s.listener.close(host.now);
            s.listener = null;
        }
        return () -> ok(0);
    }

    private Supplier<Outcome> accept(Socket s, Script.Call call) {
        return () -> {
            TcpListener l = s.listener;
            if (l == null) return error("EINVAL");
            TcpConnection c = l.accept();
            if (c == null) return s.nonBlocking ? error("EAGAIN") : null;
            var child = new Socket(s.settings, freebsd);
            child.connection = c;
            child.accepted = true;
            child.nonBlocking =
                    call.arguments().size() > 3 && isNonBlocking(call.arguments().get(3));
            child.edges = -1;
            child.sendBuffer = s.sendBuffer;
            child.receiveBuffer = s.receiveBuffer;
            child.receiveLowWater = s.receiveLowWater;
            child.zeroCopy = s.zeroCopy;
            child.others.putAll(s.others);
            underTest = child;
            return put(call, child);
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
        if (s.listener != null && !freebsd) {
            if (how != 1) {
                disconnect(s);
            }
            return ok(0);
        }
        if (s.connection == null) return error("ENOTCONN");
        if (!freebsd && s.isClosed()) return error("ENOTCONN");
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
        if (!command.equals("F_SETFL")) return ok(0);
        s.nonBlocking = (Constants.value(a.get(2)) & 0x800) != 0;
        return ok(0);
    }

    private static Outcome ioctl(Socket s, List<Value> a) {
        String request = ((Script.Name) a.get(1)).name();
        if (request.equals("FIONBIO")) {
            s.nonBlocking = Constants.value(a.get(2)) != 0;
            return ok(0);
        }
        if (s.connection == null) return error("EINVAL");
        long value =
                switch (request) {
                    case "SIOCINQ", "FIONREAD" ->
                            Math.min(s.connection.readable(), s.beforeUrgent());
                    case "SIOCOUTQ", "TIOCOUTQ" -> s.connection.unacknowledged();
                    case "SIOCATMARK" -> s.beforeUrgent() == 0 ? 1 : 0;
                    case "SIOCOUTQNSD" -> s.connection.unsent();
                    default -> throw new Skipped("ioctl " + request);
                };
        long wanted = Constants.value(a.get(2));
        if (value != wanted) throw new AssertionError(request + " " + value + " for " + wanted);
        return ok(0);
    }

    /// Notes in the queues of errors what has happened.
    void look() {
        for (Object descriptor : descriptors.values()) {
            if (descriptor instanceof Socket s) {
                s.look(host.now);
            }
        }
    }

    /// The peer points to an octet, `offset` from the first of its stream, as urgent.
    void urgent(long offset) {
        if (underTest != null && underTest.connection != null) {
            underTest.urgentAt = offset;
            underTest.hasUrgent = true;
        }
    }
}
