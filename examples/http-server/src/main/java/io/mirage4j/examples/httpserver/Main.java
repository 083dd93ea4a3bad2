// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.httpserver;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostConsole;
import io.mirage4j.platform.host.file.DirectoryKv;
import io.mirage4j.platform.host.net.SocketListener;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// [FileSite] on a JVM: a directory, a kernel's socket. A signal to end lets requests under way
/// end.
public final class Main {
    private static final String USAGE =
            "usage: http-server --root DIR [--port PORT] [--address ADDRESS] [--log common|json]";
    private static final int WRONG_USE = 2;
    private static final int FAILED = 1;

    private Path root = Path.of(".");
    private int port = 8080;
    private IpAddress address = IpAddress.of("127.0.0.1");
    private FileSite.LogForm log = FileSite.LogForm.NONE;

    public static void main(String[] args) throws InterruptedException {
        var console = new HostConsole();
        var main = new Main();
        try {
            main.parse(args);
        } catch (IllegalArgumentException e) {
            console.println("http-server: " + e.getMessage() + "; " + USAGE);
            System.exit(WRONG_USE);
        }
        try {
            main.run(console);
        } catch (IOException e) {
            console.println("http-server: " + e.getMessage());
            System.exit(FAILED);
        }
        new CountDownLatch(1).await();
    }

    private void run(HostConsole console) throws IOException {
        var site = new FileSite(DirectoryKv.open(root), new HostClock(), console, log);
        site.start(SocketListener.open(new Endpoint(address, port)));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    try {
                                        site.stop(TimeUnit.SECONDS.toNanos(10));
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                }));
    }

    private void parse(String... args) {
        boolean rooted = false;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--root" -> {
                    root = Path.of(value);
                    rooted = true;
                }
                case "--port" -> port = port(value);
                case "--address" -> address = IpAddress.of(value);
                case "--log" -> log = FileSite.LogForm.valueOf(value.toUpperCase(Locale.ROOT));
                default -> throw new IllegalArgumentException("no option " + args[i]);
            }
        }
        if (!rooted) {
            throw new IllegalArgumentException("--root is missing");
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("port " + text + " is no number", e);
        }
    }

    private Main() {}
}
