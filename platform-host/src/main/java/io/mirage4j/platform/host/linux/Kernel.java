// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

/// Whether this package is of any use here. Nothing else of it may be touched before.
final class Kernel {
    /// Linux, and its calls were granted to this module: without that one JVM warns of them and the
    /// next refuses.
    static boolean isCallable() {
        return isLinux() && Kernel.class.getModule().isNativeAccessEnabled();
    }

    /// Linux with pointers of 64 bits, as the structures here have them.
    private static boolean isLinux() {
        return System.getProperty("os.name", "").equals("Linux")
                && System.getProperty("sun.arch.data.model", "64").equals("64");
    }

    private Kernel() {}
}
