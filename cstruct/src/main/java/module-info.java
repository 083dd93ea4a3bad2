// SPDX-License-Identifier: Apache-2.0

/// Zero-copy windows over memory.
module io.mirage4j.cstruct {
    requires static io.netty.buffer;
    requires static io.netty.common;
    requires static org.jspecify;

    exports io.mirage4j.cstruct;
    exports io.mirage4j.cstruct.layout;
    exports io.mirage4j.cstruct.netty;
}
