// SPDX-License-Identifier: Apache-2.0

/// Directories as one blob of octets, which is a [io.mirage4j.platform.Kv] without a file system.
module io.mirage4j.crunch {
    requires transitive io.mirage4j.cstruct;
    requires transitive io.mirage4j.platform;
    requires static org.jspecify;
    requires static com.aayushatharva.brotli4j;

    exports io.mirage4j.crunch;
    exports io.mirage4j.crunch.load;
    exports io.mirage4j.crunch.make;
}
