// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls of Linux for sockets and their readiness, through the C library; as [SystemCalls],
/// each returns what the kernel does or an error number below 0, and an instance is for one thread
/// at a time.
///
/// Octets are received and sent by calls that the JVM does not leave its state for: they do not
/// block, since the sockets do not, and so they may reach into the heap. Nothing here allocates.
final class SocketCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERROR = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle BIND = call("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN = call("listen", JAVA_INT, JAVA_INT);
    private static final MethodHandle ACCEPT4 =
            call("accept4", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = call("getsockname", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SHUTDOWN = call("shutdown", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CREATE1 = call("epoll_create1", JAVA_INT);
    private static final MethodHandle EPOLL_CTL =
            call("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT =
            call("epoll_wait", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_LOOK =
            quick("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECV =
            quick("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND =
            quick("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private static final int STATES_AT_ONCE = 256;

    /// Where states are cut from; an arena for each would cost a flow more than its state does.
    private static MemorySegment states = MemorySegment.NULL;

    private final MemorySegment state = newState();

    private static synchronized MemorySegment newState() {
        if (states.byteSize() < STATE.byteSize()) {
            states = Arena.ofAuto().allocate(STATE, STATES_AT_ONCE);
        }
        MemorySegment state = states.asSlice(0, STATE.byteSize());
        states = states.asSlice(STATE.byteSize());
        return state;
    }

    /// A call that takes an `int` first and returns one.
    private static MethodHandle call(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, arguments),
                ERROR);
    }

    private static MethodHandle quick(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                ERROR,
                Linker.Option.critical(true));
    }

    int bind(int fd, MemorySegment address) {
        try {
            return result((int) BIND.invokeExact(state, fd, address, (int) address.byteSize()));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int listen(int fd, int backlog) {
        try {
            return result((int) LISTEN.invokeExact(state, fd, backlog));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int accept4(int fd, MemorySegment address, MemorySegment length, int flags) {
        try {
            return result((int) ACCEPT4.invokeExact(state, fd, address, length, flags));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int getsockname(int fd, MemorySegment address, MemorySegment length) {
        try {
            return result((int) GETSOCKNAME.invokeExact(state, fd, address, length));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int setsockopt(int fd, int level, int option, MemorySegment value) {
        try {
            return result(
                    (int)
                            SETSOCKOPT.invokeExact(
                                    state, fd, level, option, value, (int) value.byteSize()));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int shutdown(int fd, int how) {
        try {
            return result((int) SHUTDOWN.invokeExact(state, fd, how));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int epollCreate1(int flags) {
        try {
            return result((int) EPOLL_CREATE1.invokeExact(state, flags));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int epollCtl(int epoll, int operation, int fd, MemorySegment event) {
        try {
            return result((int) EPOLL_CTL.invokeExact(state, epoll, operation, fd, event));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    /// Waits; where `millis` is 0 it only looks, quickly.
    int epollWait(int epoll, MemorySegment events, int most, int millis) {
        try {
            return result(
                    millis == 0
                            ? (int) EPOLL_LOOK.invokeExact(state, epoll, events, most, 0)
                            : (int) EPOLL_WAIT.invokeExact(state, epoll, events, most, millis));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    long recv(int fd, MemorySegment target, int flags) {
        try {
            long result = (long) RECV.invokeExact(state, fd, target, target.byteSize(), flags);
            return result != -1 ? result : -error();
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    long send(int fd, MemorySegment source, long length, int flags) {
        try {
            long result = (long) SEND.invokeExact(state, fd, source, length, flags);
            return result != -1 ? result : -error();
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private int result(int returned) {
        return returned != -1 ? returned : -error();
    }

    private int error() {
        return (int) ERRNO.get(state, 0L);
    }

    private static AssertionError impossible(Throwable t) {
        return new AssertionError("a call of the C library threw", t);
    }
}
