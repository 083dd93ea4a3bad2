// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.hello;

import io.mirage4j.platform.host.HostConsole;

/// [Hello] on a JVM.
public final class Main {
    public static void main(String[] args) {
        System.exit(new Hello(new HostConsole()).run(args));
    }

    private Main() {}
}
