// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static io.mirage4j.platform.host.linux.CLibrary.function;
import static io.mirage4j.platform.host.linux.CLibrary.variadic;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The calls of Linux for files and devices. Each returns what the kernel does: a number from 0 on,
/// or an error number below 0. One thread at a time, since the error is kept here on its way.
/// Nothing here allocates.
final class SystemCalls {
    private static final MethodHandle OPEN =
            variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle READ =
            function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle PREAD =
            function("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PWRITE =
            function("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FDATASYNC = function("fdatasync", JAVA_INT, JAVA_INT);
    private static final MethodHandle FALLOCATE =
            function("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FTRUNCATE =
            function("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle LSEEK =
            function("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FCNTL =
            variadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle FLOCK = function("flock", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle IOCTL =
            variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle PPOLL =
            function("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);

    private final CallState state = new CallState();

    int open(MemorySegment path, int flags, int mode) {
        try {
            return state.result((int) OPEN.invokeExact(state.memory, path, flags, mode));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int close(int fd) {
        try {
            return state.result((int) CLOSE.invokeExact(state.memory, fd));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    long read(int fd, MemorySegment target, long len) {
        try {
            return state.result((long) READ.invokeExact(state.memory, fd, target, len));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    long write(int fd, MemorySegment source, long len) {
        try {
            return state.result((long) WRITE.invokeExact(state.memory, fd, source, len));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    long pread(int fd, MemorySegment target, long len, long at) {
        try {
            return state.result((long) PREAD.invokeExact(state.memory, fd, target, len, at));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    long pwrite(int fd, MemorySegment source, long len, long at) {
        try {
            return state.result((long) PWRITE.invokeExact(state.memory, fd, source, len, at));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int fdatasync(int fd) {
        try {
            return state.result((int) FDATASYNC.invokeExact(state.memory, fd));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int fallocate(int fd, int mode, long off, long len) {
        try {
            return state.result((int) FALLOCATE.invokeExact(state.memory, fd, mode, off, len));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int ftruncate(int fd, long len) {
        try {
            return state.result((int) FTRUNCATE.invokeExact(state.memory, fd, len));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    long lseek(int fd, long off, int whence) {
        try {
            return state.result((long) LSEEK.invokeExact(state.memory, fd, off, whence));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int fcntl(int fd, int command, long argument) {
        try {
            return state.result((int) FCNTL.invokeExact(state.memory, fd, command, argument));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int flock(int fd, int operation) {
        try {
            return state.result((int) FLOCK.invokeExact(state.memory, fd, operation));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int ioctl(int fd, long request, MemorySegment argument) {
        try {
            return state.result((int) IOCTL.invokeExact(state.memory, fd, request, argument));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int ppoll(MemorySegment fds, long count, MemorySegment timeout) {
        try {
            return state.result(
                    (int) PPOLL.invokeExact(state.memory, fds, count, timeout, MemorySegment.NULL));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }

    int eventfd(int count, int flags) {
        try {
            return state.result((int) EVENTFD.invokeExact(state.memory, count, flags));
        } catch (Throwable t) {
            throw CLibrary.impossible(t);
        }
    }
}
