// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

/// The stack against itself over links of all sorts: every octet arrives, nothing gets stuck,
/// nothing is left.
class LossyLinkTest {
    private static final int SCENARIOS = Boolean.getBoolean("mirage.full") ? 10_000 : 2_000;
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void everyOctetArrivesOverAnyLink() {
        for (int seed = 0; seed < SCENARIOS; seed++) scenario(seed);
    }

    static void scenario(int seed) {
        var random = new Random(seed);
        Link.Quality quality = quality(random);
        var link = new Link(quality, parameters(random), parameters(random), seed);
        TcpListener listener = link.b.listen(80, 8, settings(random));
        if (random.nextInt(4) == 0) {
            wrapSoon(link, random);
        }
        TcpConnection client =
                link.a.connect(Link.fromAToB(), 5000, 80, settings(random), link.now);
        assertThat(client).isNotNull();
        int up = size(random);
        int down = size(random);
        var atA = new Talker(client, seed, up, ~seed, down, random.nextInt(4) == 0);
        if (random.nextInt(3) == 0) {
            atA.landSome();
        }
        Talker atB = null;
        long limit = link.now + HOUR;
        long steps = 0;
        while (atB == null || !atA.isDone() || !atB.isDone()) {
            boolean went = link.step(Math.min(limit, link.now + 50_000_000L));
            atA.act(link.now);
            if (atB == null) {
                TcpConnection server = listener.accept();
                boolean lazy = random.nextInt(4) == 0;
                if (server != null) {
                    atB = new Talker(server, ~seed, down, seed, up, lazy);
                    if (random.nextBoolean()) {
                        atB.landSome();
                    }
                }
            }
            if (atB != null) {
                atB.act(link.now);
            }
            if (!went && link.now >= limit || ++steps > 4_000_000) {
                throw new AssertionError(
                        "seed " + seed + " is stuck at " + link.now + "\n" + atA + "\n" + atB);
            }
        }
        atA.act(link.now);
        atB.act(link.now);
        while (link.step(link.now + HOUR)) {}
        assertThat(link.a.connections() + link.b.connections()).as("seed %d", seed).isZero();
        assertThat(link.a.memoryInUse() + link.b.memoryInUse()).as("seed %d", seed).isZero();
    }

    /// Lets time pass until the initial sequence number is just below the wrap.
    private static void wrapSoon(Link link, Random random) {
        TcpConnection c = link.a.prepare(Link.fromAToB(), 5000, 80, new TcpSettings(), link.now);
        int missing = -c.sender.iss - random.nextInt(50_000);
        link.now += Integer.toUnsignedLong(missing) << 12;
    }

    private static Link.Quality quality(Random random) {
        var q = new Link.Quality();
        q.delayNanos = 1 + (long) Math.pow(10, 5 + 3.3 * random.nextDouble());
        if (random.nextBoolean()) {
            q.jitterNanos = 1 + (long) (q.delayNanos * random.nextDouble());
        }
        if (random.nextBoolean()) {
            q.loss = random.nextInt(120);
        }
        if (random.nextInt(3) == 0) {
            q.duplicates = random.nextInt(50);
        }
        if (random.nextInt(3) == 0) {
            q.corruption = random.nextInt(20);
        }
        if (random.nextInt(3) == 0) {
            q.congestionMarks = random.nextInt(100);
        }
        if (random.nextInt(3) == 0) {
            q.nanosPerOctet = 100 + random.nextInt(10_000);
        }
        if (random.nextInt(4) == 0) {
            q.segmentation = 65_535;
        }
        if (random.nextInt(6) == 0) {
            q.deviceRefusals = random.nextInt(300);
        }
        q.mtu = random.nextBoolean() ? 1500 : 576 + random.nextInt(9000);
        q.batches = random.nextBoolean();
        return q;
    }

    private static TcpParameters parameters(Random random) {
        TcpParameters p = random.nextInt(3) == 0 ? TcpParameters.freebsd() : TcpParameters.linux();
        p.timestamps = random.nextInt(3) > 0;
        p.sack = random.nextInt(3) > 0;
        p.windowScaling = random.nextInt(3) > 0;
        p.rack = random.nextInt(3) > 0;
        p.pacing = random.nextInt(3) == 0;
        p.slowStart = TcpParameters.SlowStart.values()[random.nextInt(3)];
        p.slowStartAfterIdle = random.nextBoolean();
        p.ecn = TcpParameters.Ecn.values()[random.nextInt(3)];
        p.congestionControl = random.nextBoolean() ? "cubic" : "reno";
        p.synCookies = TcpParameters.SynCookies.values()[random.nextInt(3)];
        p.synRetries = 12;
        p.synAckRetries = 12;
        p.retries = 30;
        p.connectTimeoutNanos = 0;
        return p;
    }

    private static TcpSettings settings(Random random) {
        var s = new TcpSettings();
        s.noDelay = random.nextBoolean();
        if (random.nextInt(3) == 0) {
            s.sendBufferOctets = 1000 + random.nextInt(100_000);
        }
        if (random.nextInt(3) == 0) {
            s.receiveBufferOctets = 1000 + random.nextInt(100_000);
        }
        if (random.nextInt(6) == 0) {
            s.maxSegment = 100 + random.nextInt(1400);
        }
        return s;
    }

    private static int size(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(10);
            case 2 -> random.nextInt(20_000);
            default -> random.nextInt(150_000);
        };
    }
}
