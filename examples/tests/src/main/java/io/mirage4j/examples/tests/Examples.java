// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import java.util.Arrays;

/// Runs the example that its first word names, with the others.
public final class Examples {
    public static void main(String[] args) {
        String[] words = Arrays.copyOfRange(args, 1, args.length);
        switch (args[0]) {
            case "echo" -> io.mirage4j.examples.echo.Main.main(words);
            case "http-server" -> io.mirage4j.examples.httpserver.Main.main(words);
            case "dns-server" -> io.mirage4j.examples.dns.Main.main(words);
            case "website" -> io.mirage4j.examples.website.Main.main(words);
            default -> throw new IllegalArgumentException("no example '" + args[0] + "'");
        }
    }

    private Examples() {}
}
