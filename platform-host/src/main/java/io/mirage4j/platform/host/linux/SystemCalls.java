// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls of Linux that this module needs, through the C library. Each returns what the kernel
/// does: a number from 0 on, or an error number below 0. One thread at a time, since the error is
/// kept here on its way. Nothing here allocates.
final class SystemCalls {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int ENOBUFS = 105;
    static final int EINPROGRESS = 115;
    static final int EOPNOTSUPP = 95;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = call("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = call("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            call("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle PREAD =
            call("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PWRITE =
            call("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FDATASYNC = call("fdatasync", JAVA_INT, JAVA_INT);
    private static final MethodHandle FALLOCATE =
            call("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FTRUNCATE = call("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle LSEEK =
            call("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FCNTL =
            call("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle FLOCK = call("flock", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle IOCTL =
            call("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle PPOLL =
            call("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKET =
            call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CONNECT =
            call("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND =
            call("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME =
            call("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SHUTDOWN = call("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            call("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SENDMMSG =
            call("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("strerror"),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private final MemorySegment state = Arena.ofAuto().allocate(STATE);

    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle call(
            String name, int firstVariadic, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(firstVariadic));
    }

    int open(MemorySegment path, int flags, int mode) {
        try {
            return result((int) OPEN.invokeExact(state, path, flags, mode));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int close(int fd) {
        try {
            return result((int) CLOSE.invokeExact(state, fd));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    long read(int fd, MemorySegment target, long len) {
        try {
            return result((long) READ.invokeExact(state, fd, target, len));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    long write(int fd, MemorySegment source, long len) {
        try {
            return result((long) WRITE.invokeExact(state, fd, source, len));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    long pread(int fd, MemorySegment target, long len, long at) {
        try {
            return result((long) PREAD.invokeExact(state, fd, target, len, at));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    long pwrite(int fd, MemorySegment source, long len, long at) {
        try {
            return result((long) PWRITE.invokeExact(state, fd, source, len, at));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int fdatasync(int fd) {
        try {
            return result((int) FDATASYNC.invokeExact(state, fd));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int fallocate(int fd, int mode, long off, long len) {
        try {
            return result((int) FALLOCATE.invokeExact(state, fd, mode, off, len));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int ftruncate(int fd, long len) {
        try {
            return result((int) FTRUNCATE.invokeExact(state, fd, len));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    long lseek(int fd, long off, int whence) {
        try {
            return result((long) LSEEK.invokeExact(state, fd, off, whence));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int fcntl(int fd, int command, long argument) {
        try {
            return result((int) FCNTL.invokeExact(state, fd, command, argument));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int flock(int fd, int operation) {
        try {
            return result((int) FLOCK.invokeExact(state, fd, operation));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int ioctl(int fd, long request, MemorySegment argument) {
        try {
            return result((int) IOCTL.invokeExact(state, fd, request, argument));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int ppoll(MemorySegment fds, long count, MemorySegment timeout) {
        try {
            return result((int) PPOLL.invokeExact(state, fds, count, timeout, MemorySegment.NULL));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int eventfd(int count, int flags) {
        try {
            return result((int) EVENTFD.invokeExact(state, count, flags));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int socket(int domain, int type, int protocol) {
        try {
            return result((int) SOCKET.invokeExact(state, domain, type, protocol));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int connect(int fd, MemorySegment address, int len) {
        try {
            return result((int) CONNECT.invokeExact(state, fd, address, len));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    long send(int fd, MemorySegment source, long len, int flags) {
        try {
            return result((long) SEND.invokeExact(state, fd, source, len, flags));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int bind(int fd, MemorySegment address, int len) {
        try {
            return result((int) BIND.invokeExact(state, fd, address, len));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int getsockname(int fd, MemorySegment address, MemorySegment len) {
        try {
            return result((int) GETSOCKNAME.invokeExact(state, fd, address, len));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int setsockopt(int fd, int level, int option, MemorySegment value, int len) {
        try {
            return result((int) SETSOCKOPT.invokeExact(state, fd, level, option, value, len));
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

    int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return result(
                    (int)
                            RECVMMSG.invokeExact(
                                    state, fd, messages, count, flags, MemorySegment.NULL));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    int sendmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return result((int) SENDMMSG.invokeExact(state, fd, messages, count, flags));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private int result(int returned) {
        return returned != -1 ? returned : -(int) ERRNO.get(state, 0L);
    }

    private long result(long returned) {
        return returned != -1 ? returned : -(int) ERRNO.get(state, 0L);
    }

    /// `result`, unless it is an error.
    static int check(int result, String what) throws IOException {
        if (result < 0) throw failure(result, what);
        return result;
    }

    /// What to throw for an error number below 0.
    static IOException failure(long result, String what) {
        try {
            var text = (MemorySegment) STRERROR.invokeExact((int) -result);
            return new IOException(what + ": " + text.reinterpret(256).getString(0));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static AssertionError impossible(Throwable t) {
        return new AssertionError("a call of the C library threw", t);
    }
}
