// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.linux;

/// Flags of `open`, `fcntl` and `eventfd`.
public final class OpenFlags {
    public static final int READ_ONLY = 0;
    public static final int READ_WRITE = 2;
    public static final int NONBLOCK = 04000;
    public static final int CLOEXEC = 02000000;

    private OpenFlags() {}
}
