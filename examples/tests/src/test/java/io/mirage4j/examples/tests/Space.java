// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import io.mirage4j.testing.NetworkNamespace;
import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.util.List;

/// A network namespace with a TAP interface `tap0` at 10.0.0.1/24. Programs and clients run inside.
record Space(NetworkNamespace namespace) implements AutoCloseable {
    static Space open() throws IOException {
        var space = new Space(NetworkNamespace.create());
        NetworkNamespace.Result tap = space.run("ip", "tuntap", "add", "tap0", "mode", "tap");
        if (tap.status() != 0) {
            space.close();
            throw Peers.missing("no TAP interface: " + tap.output());
        }
        space.namespace.ip("address add 10.0.0.1/24 dev tap0");
        // The kernel's side has room for a crowd that comes within a millisecond.
        space.namespace.ip("link set tap0 txqueuelen 20000");
        space.namespace.ip("link set tap0 up");
        space.namespace.ip("link set lo up");
        return space;
    }

    Process begin(List<String> words) throws IOException {
        return namespace.begin(words);
    }

    NetworkNamespace.Result run(String... words) throws IOException {
        return namespace.attempt(words);
    }

    NetworkNamespace.Result run(Class<?> main, int seconds, String... words) throws IOException {
        return namespace.attempt(main, seconds, words);
    }

    @Override
    public void close() throws IOException {
        namespace.close();
    }
}
