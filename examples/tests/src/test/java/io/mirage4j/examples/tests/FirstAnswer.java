// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that starts a command several times and tells the median of how long it takes from
/// there to the first octet of an answer by HTTP: `HOST PORT TIMES COMMAND...`. -1: there was none.
final class FirstAnswer {
    private static final int SECONDS = 20;
    private static final int CONNECT_MILLIS = 50;

    public static void main(String[] args) throws IOException, InterruptedException {
        var server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        long[] micros = new long[Integer.parseInt(args[2])];
        List<String> command = List.of(args).subList(3, args.length);
        ask(server); // so that no class is loaded later
        for (int i = 0; i < micros.length; i++) {
            micros[i] = once(server, command);
        }
        Arrays.sort(micros);
        System.out.println("first answer: " + micros[micros.length / 2] / 1000.0 + " ms");
    }

    private static long once(InetSocketAddress server, List<String> command)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS)) {
                if (ask(server)) return (System.nanoTime() - start) / 1000;
                if (!process.isAlive()) return -1;
            }
            return -1;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean ask(InetSocketAddress server) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(1000);
            socket.connect(server, CONNECT_MILLIS);
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private FirstAnswer() {}
}
