// SPDX-License-Identifier: Apache-2.0

/// Zero-copy windows over memory.
module io.mirage4j.cstruct {
    requires static io.netty.buffer;
    requires static io.netty.common;
    // What incubates is asked for by whoever starts the JVM, or not there.
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    exports io.mirage4j.cstruct;
    exports io.mirage4j.cstruct.layout;
    exports io.mirage4j.cstruct.netty;
}
