// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.linux;

/// The numbers of the system calls that are used, on x86-64.
public final class Syscall {
    public static final int READ = 0;
    public static final int WRITE = 1;
    public static final int OPEN = 2;
    public static final int CLOSE = 3;
    public static final int LSEEK = 8;
    public static final int MMAP = 9;
    public static final int MPROTECT = 10;
    public static final int MUNMAP = 11;
    public static final int IOCTL = 16;
    public static final int PREAD64 = 17;
    public static final int PWRITE64 = 18;
    public static final int SOCKET = 41;
    public static final int EXECVE = 59;
    public static final int FCNTL = 72;
    public static final int GETTID = 186;
    public static final int CLOCK_GETTIME = 228;
    public static final int TGKILL = 234;
    public static final int PPOLL = 271;
    public static final int EVENTFD2 = 290;

    private Syscall() {}
}
