// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A program that loads a site for a while with all that happens to one: readers that keep their
/// connection, queries, clients that go in the middle of a page, slow readers, garbage on both
/// ports. `HOST WEB-PORT DNS-PORT NAME SECONDS`.
///
/// It prints what was done, and how much memory the site said to use, as the least of each eighth
/// of the time: what is left after a collection. It ends with 1 if a well-behaved client was
/// failed, or if memory grew.
final class Mixed {
    private static final int EIGHTHS = 8;
    private static final int READ_MILLIS = 30_000;

    /// By how much the last eighths may be above the first: what a young collection leaves behind.
    private static final long NOISE_KILOBYTES = 16_384;

    private static final List<String> PAGES =
            List.of("/", "/style.css", "/modules/tcpip.html", "/blog/index.html", "/start.html");

    private final String host;
    private final int web;
    private final int dns;
    private final String name;
    private final long start = System.nanoTime();
    private final long nanos;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong queries = new AtomicLong();
    private final AtomicLong sentAgain = new AtomicLong();
    private final AtomicLong abuses = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final long[] least = new long[EIGHTHS];

    private Mixed(String[] args) {
        host = args[0];
        web = Integer.parseInt(args[1]);
        dns = Integer.parseInt(args[2]);
        name = args[3];
        nanos = TimeUnit.SECONDS.toNanos(Integer.parseInt(args[4]));
        Arrays.fill(least, Long.MAX_VALUE);
    }

    public static void main(String[] args) throws InterruptedException {
        var mixed = new Mixed(args);
        mixed.run();
        System.exit(mixed.report() ? 0 : 1);
    }

    private interface Client {
        void once(Random random) throws IOException, InterruptedException;
    }

    private void run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(repeat(i, true, this::readPages));
            threads.add(repeat(10 + i, true, this::ask));
        }
        threads.add(repeat(20, true, this::watchFigures));
        threads.add(repeat(30, false, this::goAway));
        threads.add(repeat(31, false, this::readSlowly));
        threads.add(repeat(32, false, this::sendGarbage));
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private boolean hasTime() {
        return System.nanoTime() - start < nanos;
    }

    private Thread repeat(int seed, boolean wellBehaved, Client client) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            var random = new Random(seed);
                            while (hasTime()) {
                                try {
                                    client.once(random);
                                } catch (IOException e) {
                                    if (wellBehaved) {
                                        failures.incrementAndGet();
                                        System.out.println("failed: " + e);
                                    }
                                } catch (InterruptedException e) {
                                    return;
                                }
                            }
                        });
    }

    private Socket connect() throws IOException {
        var socket = new Socket(host, web);
        socket.setSoTimeout(READ_MILLIS);
        return socket;
    }

    private static void get(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private void readPages(Random random) throws IOException {
        try (Socket socket = connect()) {
            for (int i = random.nextInt(1, 50); i > 0 && hasTime(); i--) {
                get(socket, PAGES.get(random.nextInt(PAGES.size())));
                skipAnswer(socket.getInputStream());
                requests.incrementAndGet();
            }
        }
    }

    private static void skipAnswer(InputStream in) throws IOException {
        String head = head(in);
        int at = head.indexOf("Content-Length: ");
        if (!head.startsWith("HTTP/1.1 200 ") || at < 0) {
            throw new IOException("answer: " + head.lines().findFirst());
        }
        at += "Content-Length: ".length();
        in.skipNBytes(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        for (int state = 0, octet; state < 4; ) {
            octet = in.read();
            if (octet < 0) throw new IOException("ended in the head: " + head);
            head.write(octet);
            state = octet == "\r\n\r\n".charAt(state) ? state + 1 : octet == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private void ask(Random random) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(1000);
            var answer = new DatagramPacket(new byte[1500], 1500);
            for (int i = 0; i < 100 && hasTime(); i++) {
                int id = random.nextInt(1 << 16);
                byte[] query = Questions.address(id, name);
                InetAddress to = InetAddress.getByName(host);
                for (int tries = 0; ; tries++) {
                    socket.send(new DatagramPacket(query, query.length, to, dns));
                    try {
                        socket.receive(answer);
                        break;
                    } catch (java.net.SocketTimeoutException e) {
                        sentAgain.incrementAndGet();
                        if (tries == 5) throw new IOException("no answer to a query", e);
                    }
                }
                // An answer to a query that was sent again may come twice.
                if (Questions.isAnswered(ByteBuffer.wrap(answer.getData()), id)) {
                    queries.incrementAndGet();
                }
            }
        }
    }

    /// Reads the server's own figures as they come.
    private void watchFigures(Random random) throws IOException {
        try (Socket socket = connect()) {
            get(socket, "/live/figures");
            var lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line; hasTime() && (line = lines.readLine()) != null; ) {
                int at = line.indexOf("\"memory\":") + "\"memory\":".length();
                if (line.startsWith("data: ")) {
                    long used = Long.parseLong(line.substring(at, line.indexOf(',', at)));
                    int eighth = (int) Math.min(7, (System.nanoTime() - start) * EIGHTHS / nanos);
                    least[eighth] = Math.min(least[eighth], used);
                }
            }
            if (hasTime()) throw new IOException("the figures ended");
        }
    }

    /// Asks for pages and is gone before they are there; half of the time without a good-bye.
    private void goAway(Random random) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            for (int i = 0; i < 20; i++) {
                get(socket, "/modules/tcpip.html");
            }
            Thread.sleep(random.nextInt(20));
            socket.setSoLinger(random.nextBoolean(), 0);
            abuses.incrementAndGet();
        }
    }

    private void readSlowly(Random random) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            socket.setReceiveBufferSize(2048);
            get(socket, "/modules/tcpip.html");
            for (int i = 0; i < 20 && hasTime() && socket.getInputStream().read() >= 0; i++) {
                Thread.sleep(50);
            }
            abuses.incrementAndGet();
        }
    }

    private void sendGarbage(Random random) throws IOException, InterruptedException {
        byte[] garbage = new byte[random.nextInt(1, 1400)];
        random.nextBytes(garbage);
        try (var socket = new DatagramSocket()) {
            InetAddress to = InetAddress.getByName(host);
            for (int i = 0; i < 10; i++) {
                socket.send(new DatagramPacket(garbage, garbage.length, to, dns));
            }
        }
        for (int port : new int[] {web, dns}) {
            try (var socket = new Socket(host, port)) {
                socket.setSoTimeout(2000);
                socket.getOutputStream().write(garbage);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
        }
        abuses.incrementAndGet();
        Thread.sleep(10);
    }

    private boolean report() {
        System.out.printf(
                "mixed: %d requests, %d queries (%d sent again), %d abuses, %d failures%n",
                requests.get(), queries.get(), sentAgain.get(), abuses.get(), failures.get());
        var text = new StringBuilder("mixed: memory in KB by eighths:");
        for (long used : least) {
            text.append(' ').append(used == Long.MAX_VALUE ? "-" : used);
        }
        System.out.println(text);
        // Of three eighths each, since one of a short run may pass without a collection.
        boolean flat = leastOf(5, EIGHTHS) <= leastOf(1, 4) + NOISE_KILOBYTES;
        boolean busy = requests.get() > 0 && queries.get() > 0 && abuses.get() > 0;
        return flat && busy && failures.get() == 0;
    }

    private long leastOf(int from, int to) {
        return Arrays.stream(least, from, to).min().orElseThrow();
    }
}
