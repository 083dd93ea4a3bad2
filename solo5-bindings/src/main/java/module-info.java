// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// A Java program with nothing below it but a hypervisor: the boot layers for Solo5, in C, and what
/// they offer, in Java. [io.mirage4j.solo5] has console, clocks, network and block devices,
/// entropy.
@NullMarked
@SuppressWarnings("module") // Solo5 ends in a digit
module io.mirage4j.solo5 {
    requires transitive io.mirage4j.platform;
    requires static org.graalvm.nativeimage;
    requires static org.graalvm.word;
    requires static org.jspecify;

    exports io.mirage4j.solo5;
}
