// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Runs images made for Solo5, from a command line or from inside a JVM: hvt, a virtual machine
/// over `/dev/kvm`, and spt, a Linux process behind a seccomp filter.
@NullMarked
module io.mirage4j.tender {
    requires transitive io.mirage4j.platform;
    requires static org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.mirage4j.tender;
    exports io.mirage4j.tender.image;
    exports io.mirage4j.tender.junit;
}
