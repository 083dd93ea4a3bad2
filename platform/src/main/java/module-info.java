// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// What a program may ask of the world, in a few small interfaces: frames, sectors, values, octet
/// flows, datagrams, time, entropy, a console. A core and a `main` know only these, so they run
/// unchanged on a JVM, in a unikernel and in a test.
///
/// [io.mirage4j.platform] has the contracts and the address values, [io.mirage4j.platform.memory]
/// doubles of them all that live in memory, [io.mirage4j.platform.unikernel] what a program
/// declares and the board that it gets. Those of a JVM are in the module platform-host.
@NullMarked
module io.mirage4j.platform {
    requires transitive io.mirage4j.cstruct;
    requires static org.jspecify;

    exports io.mirage4j.platform;
    exports io.mirage4j.platform.connect;
    exports io.mirage4j.platform.memory;
    exports io.mirage4j.platform.pcapng;
    exports io.mirage4j.platform.unikernel;
}
