// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import static io.mirage4j.tcpip.packetdrill.Kernel.error;
import static io.mirage4j.tcpip.packetdrill.Kernel.ok;

import io.mirage4j.tcpip.packetdrill.Kernel.Outcome;
import io.mirage4j.tcpip.packetdrill.Script.Value;
import io.mirage4j.tcpip.tcp.TcpConnection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `poll` and `epoll`: what descriptors are ready for.
final class Readiness {
    private static final int ERROR_OR_HANGUP = 8 | 16;
    private static final int EDGE_TRIGGERED = 0x80000000;
    private static final int ONE_SHOT = 0x40000000;

    private final Host host;
    private final Map<Long, Object> descriptors;

    Readiness(Host host, Map<Long, Object> descriptors) {
        this.host = host;
        this.descriptors = descriptors;
    }

    Supplier<Outcome> poll(List<Value> a) {
        List<Value> items = ((Script.Items) a.getFirst()).items();
        long until = until(a.get(2));
        return () -> {
            int ready = 0;
            for (Value item : items) {
                if (seen(((Script.Fields) item).fields()) != 0) {
                    ready++;
                }
            }
            if (ready == 0 && host.now < until) return null;
            for (Value item : items) {
                Map<String, Value> fields = ((Script.Fields) item).fields();
                if (fields.get("revents") instanceof Script.Any) continue;
                compare(seen(fields), (int) Constants.value(fields.get("revents")));
            }
            return ok(ready);
        };
    }

    private long until(Value timeoutMillis) {
        long timeout = Constants.value(timeoutMillis);
        return timeout < 0 ? Long.MAX_VALUE : host.now + timeout * 1_000_000L;
    }

    private int seen(Map<String, Value> fields) {
        int events = (int) Constants.value(fields.get("events")) | ERROR_OR_HANGUP;
        var s = (Socket) descriptors.get(Constants.value(fields.get("fd")));
        return s == null ? 0 : s.ready() & events;
    }

    private static void compare(int seen, int wanted) {
        if (seen != wanted) throw new AssertionError("events " + seen + " for " + wanted);
    }

    /// What an epoll descriptor watches: events by descriptor.
    static final class Epoll {
        private final Map<Long, Integer> events = new LinkedHashMap<>();
    }

    Outcome control(List<Value> a) {
        var epoll = (Epoll) descriptors.get(Constants.value(a.getFirst()));
        String operation = ((Script.Name) a.get(1)).name();
        long fd = Constants.value(a.get(2));
        boolean known = epoll.events.containsKey(fd);
        switch (operation) {
            case "EPOLL_CTL_DEL" -> {
                if (!known) return error("ENOENT");
                epoll.events.remove(fd);
                return ok(0);
            }
            case "EPOLL_CTL_ADD" -> {
                if (known) return error("EEXIST");
            }
            default -> {
                if (!known) return error("ENOENT");
            }
        }
        long events = Constants.value(((Script.Fields) a.get(3)).fields().get("events"));
        epoll.events.put(fd, (int) events);
        ((Socket) descriptors.get(fd)).edges = -1;
        return ok(0);
    }

    Supplier<Outcome> await(List<Value> a) {
        var epoll = (Epoll) descriptors.get(Constants.value(a.getFirst()));
        long until = until(a.get(3));
        Value shown = a.get(1) instanceof Script.Items i ? i.items().getFirst() : a.get(1);
        Value wanted =
                shown instanceof Script.Fields f
                        ? f.fields().getOrDefault("events", new Script.Any())
                        : shown;
        return () -> {
            noteEdges();
            for (Map.Entry<Long, Integer> entry : epoll.events.entrySet()) {
                int events = entry.getValue();
                var s = (Socket) descriptors.get(entry.getKey());
                if (s == null || events == 0) continue;
                int ready = s.ready() & (events | ERROR_OR_HANGUP);
                boolean isNew = (s.edges & (events | ERROR_OR_HANGUP)) != 0;
                if (ready == 0 || (events & EDGE_TRIGGERED) != 0 && !isNew) continue;
                s.edges = 0;
                if ((events & ONE_SHOT) != 0) {
                    entry.setValue(0);
                }
                if (!(wanted instanceof Script.Any)) {
                    compare(ready, (int) Constants.value(wanted));
                }
                return ok(1);
            }
            return host.now < until ? null : ok(0);
        };
    }

    /// Whoever something happened to is worth a look for edge-triggered watchers of that.
    private void noteEdges() {
        for (TcpConnection c; (c = host.tcp.nextEvent()) != null; ) {
            int edges = edges(host.tcp.takeEvents(c));
            for (Object descriptor : descriptors.values()) {
                if (descriptor instanceof Socket s && s.connection == c) {
                    s.edges |= edges;
                }
            }
        }
    }

    private static int edges(int events) {
        if ((events & TcpConnection.CLOSED) != 0) return -1;
        boolean in = (events & TcpConnection.READABLE) != 0;
        boolean out = (events & (TcpConnection.WRITABLE | TcpConnection.ESTABLISHED)) != 0;
        return (in ? 1 | 2 | 0x2000 : 0) | (out ? 4 : 0);
    }
}
