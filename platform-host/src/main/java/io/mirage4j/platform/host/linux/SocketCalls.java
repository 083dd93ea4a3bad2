// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static io.mirage4j.platform.host.linux.CLibrary.function;
import static io.mirage4j.platform.host.linux.CLibrary.quick;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The calls of Linux for sockets and their readiness; as [SystemCalls], each returns what the
/// kernel does or an error number below 0, and an instance is for one thread at a time. Octets are
/// received and sent where they are, on the heap too. Nothing here allocates.
final class SocketCalls {
    private static final MethodHandle SOCKET =
            function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            function("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SENDMMSG =
            function("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND =
            function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN = function("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACCEPT4 =
            function("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME =
            function("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SHUTDOWN = function("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CREATE1 = function("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL =
            function("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT =
            function("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_LOOK =
            quick("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECV =
            quick("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND =
            quick("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private final CallState state = new CallState();

    int socket(int domain, int type, int protocol) {
        try {
            return state.result((int) SOCKET.invokeExact(state.memory, domain, type, protocol));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return state.result(
                    (int)
                            RECVMMSG.invokeExact(
                                    state.memory, fd, messages, count, flags, MemorySegment.NULL));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int sendmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return state.result(
                    (int) SENDMMSG.invokeExact(state.memory, fd, messages, count, flags));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int bind(int fd, MemorySegment address) {
        try {
            return state.result(
                    (int) BIND.invokeExact(state.memory, fd, address, (int) address.byteSize()));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int listen(int fd, int backlog) {
        try {
            return state.result((int) LISTEN.invokeExact(state.memory, fd, backlog));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int accept4(int fd, MemorySegment address, MemorySegment length, int flags) {
        try {
            return state.result(
                    (int) ACCEPT4.invokeExact(state.memory, fd, address, length, flags));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int getsockname(int fd, MemorySegment address, MemorySegment length) {
        try {
            return state.result((int) GETSOCKNAME.invokeExact(state.memory, fd, address, length));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int setsockopt(int fd, int level, int option, MemorySegment value) {
        try {
            return state.result(
                    (int)
                            SETSOCKOPT.invokeExact(
                                    state.memory,
                                    fd,
                                    level,
                                    option,
                                    value,
                                    (int) value.byteSize()));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int shutdown(int fd, int how) {
        try {
            return state.result((int) SHUTDOWN.invokeExact(state.memory, fd, how));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int epollCreate1(int flags) {
        try {
            return state.result((int) EPOLL_CREATE1.invokeExact(state.memory, flags));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int epollCtl(int epoll, int operation, int fd, MemorySegment event) {
        try {
            return state.result(
                    (int) EPOLL_CTL.invokeExact(state.memory, epoll, operation, fd, event));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    /// Waits; where `millis` is 0 it only looks, quickly.
    int epollWait(int epoll, MemorySegment events, int most, int millis) {
        try {
            return state.result(
                    millis == 0
                            ? (int) EPOLL_LOOK.invokeExact(state.memory, epoll, events, most, 0)
                            : (int)
                                    EPOLL_WAIT.invokeExact(
                                            state.memory, epoll, events, most, millis));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    long recv(int fd, MemorySegment target, int flags) {
        try {
            return state.result(
                    (long) RECV.invokeExact(state.memory, fd, target, target.byteSize(), flags));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    long send(int fd, MemorySegment source, long length, int flags) {
        try {
            return state.result((long) SEND.invokeExact(state.memory, fd, source, length, flags));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }
}
