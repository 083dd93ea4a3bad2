// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

/// Whether this package is of any use here. Nothing else of it may be touched before.
final class Kernel {
    /// Linux with pointers of 64 bits, as the structures here have them.
    static boolean isLinux() {
        return System.getProperty("os.name", "").equals("Linux")
                && System.getProperty("sun.arch.data.model", "64").equals("64");
    }

    private Kernel() {}
}
