// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A program that asks many times at once, each time in a connection or from a port of its own:
/// `http|dns HOST PORT COUNT NAME`. It prints how many were answered and ends with 1 if not all.
///
/// Nobody begins before all are there. A query that gets no answer is sent again, as every resolver
/// does, and so is a request whose connection ended without one (RFC 9110, 9.2.2).
final class Together {
    private static final int SECONDS = 60;
    private static final int REQUEST_TRIES = 3;
    private static final int TRIES = 10;
    private static final int FIRST_WAIT_MILLIS = 1000;

    private final String host;
    private final int port;
    private final String name;
    private final CountDownLatch ready;
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();

    private Together(String host, int port, int count, String name) {
        this.host = host;
        this.port = port;
        this.name = name;
        this.ready = new CountDownLatch(count);
    }

    public static void main(String[] args) {
        int count = Integer.parseInt(args[3]);
        var all = new Together(args[1], Integer.parseInt(args[2]), count, args[4]);
        boolean http = args[0].equals("http");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = i;
                threads.execute(() -> all.ask(http, number));
            }
        }
        System.out.printf(
                "%s: %d of %d, %d sent again%n", args[0], all.good.get(), count, all.again.get());
        System.exit(all.good.get() == count ? 0 : 1);
    }

    private void ask(boolean http, int number) {
        try {
            if (http ? request() : query(number)) {
                good.incrementAndGet();
            }
        } catch (IOException | InterruptedException e) {
            System.out.println(e);
        }
    }

    private boolean request() throws IOException, InterruptedException {
        ready.countDown();
        ready.await();
        for (int tries = 1; ; tries++) {
            try {
                return answered();
            } catch (IOException e) {
                if (tries == REQUEST_TRIES) throw e;
                again.incrementAndGet();
            }
        }
    }

    private boolean answered() throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), SECONDS * 1000);
            socket.setSoTimeout(SECONDS * 1000);
            String request = "GET " + name + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return isWhole(socket.getInputStream());
        }
    }

    /// Tells whether it is a 200 with as many octets as it says.
    private static boolean isWhole(InputStream in) throws IOException {
        String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        if (answer.isEmpty()) throw new EOFException("ended without an answer");
        int end = answer.indexOf("\r\n\r\n") + 4;
        int at = answer.indexOf("Content-Length: ") + "Content-Length: ".length();
        int length = Integer.parseInt(answer.substring(at, answer.indexOf('\r', at)));
        return answer.startsWith("HTTP/1.1 200 ") && answer.length() == end + length;
    }

    private boolean query(int number) throws IOException, InterruptedException {
        try (var socket = new DatagramSocket()) {
            ready.countDown();
            ready.await();
            byte[] query = Questions.address(number, name);
            var packet = new DatagramPacket(query, query.length, InetAddress.getByName(host), port);
            var answer = new DatagramPacket(new byte[1500], 1500);
            for (int tries = 0; tries < TRIES; tries++) {
                socket.send(packet);
                socket.setSoTimeout(FIRST_WAIT_MILLIS << Math.min(tries, 3));
                try {
                    socket.receive(answer);
                } catch (java.net.SocketTimeoutException e) {
                    again.incrementAndGet();
                    continue;
                }
                return Questions.isAnswered(ByteBuffer.wrap(answer.getData()), number);
            }
            return false;
        }
    }
}
