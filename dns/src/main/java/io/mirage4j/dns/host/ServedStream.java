// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.TimedOutException;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/// One stream and its requests. What is answered from memory is answered in order; a transfer or an
/// update goes on beside it, and its answer comes when it is there (RFC 7766, 7).
final class ServedStream {
    private static final int PREFIX = 2;
    private static final int FIRST_OCTETS = 1024;
    private static final int MOST_SLOW = 8;

    private final StreamServer server;
    private final Flow flow;
    private final Clock clock;
    private final long idleNanos;
    private final IpAddress client;
    private final Semaphore slow = new Semaphore(MOST_SLOW);
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean inWrite;
    private volatile long writeSince;

    ServedStream(StreamServer server, Flow flow, Clock clock, long idleNanos) {
        this.server = server;
        this.flow = flow;
        this.clock = clock;
        this.idleNanos = idleNanos;
        this.client = flow.remote().map(remote -> remote.address()).orElse(Ipv4Address.UNSPECIFIED);
    }

    void serve() {
        try (flow) {
            converse();
            slow.acquireUninterruptibly(MOST_SLOW); // what is under way is still answered
        } catch (IOException e) {
            flow.abort(); // gone, or idle for too long
        }
    }

    private void converse() throws IOException {
        flow.readTimeout(idleNanos);
        Cstruct buf = Cstruct.create(FIRST_OCTETS);
        int have = 0;
        // From the first octet of a request on all of it must come in the time: octet by octet is
        // no way to keep a stream for ever.
        long since = clock.nanoTime();
        while (true) {
            int read = read(buf.sub(have, buf.length() - have), have);
            if (read == Flow.END) return;
            if (have == 0) {
                since = clock.nanoTime();
            }
            have += read;
            int taken = answerAll(buf, have);
            if (taken > 0) {
                since = clock.nanoTime();
            }
            have -= taken;
            for (int i = 0; taken > 0 && i < have; i++) buf.putU8(i, buf.u8(taken + i));
            if (have > 0 && clock.nanoTime() - since > idleNanos) return;
            int needed = have < PREFIX ? PREFIX : PREFIX + buf.u16be(0);
            if (needed > buf.length()) {
                Cstruct longer = Cstruct.create(PREFIX + Responder.MAX_OCTETS);
                buf.copyTo(0, longer, 0, have);
                buf = longer;
            }
        }
    }

    /// Waits for more. Who gets a long answer need not say anything meanwhile.
    private int read(Cstruct into, int have) throws IOException {
        while (true) {
            try {
                return flow.read(into);
            } catch (TimedOutException e) {
                if (have > 0 || slow.availablePermits() == MOST_SLOW) throw e;
            }
        }
    }

    /// Answers the whole requests among the first `have` octets and tells how many those were.
    private int answerAll(Cstruct buf, int have) throws IOException {
        int at = 0;
        StreamServer.Desk desk = null;
        try {
            while (have - at >= PREFIX && have - at - PREFIX >= buf.u16be(at)) {
                Cstruct request = buf.sub(at + PREFIX, buf.u16be(at));
                if (Responder.isSlow(request)) {
                    answerBeside(Cstruct.of(request.toByteArray()));
                } else {
                    if (desk == null) {
                        desk = server.desk();
                    }
                    answer(desk, request);
                }
                at += PREFIX + request.length();
            }
            return at;
        } finally {
            if (desk != null) {
                server.giveBack(desk);
            }
        }
    }

    /// Answers in a thread of its own; waits for one that is over where there are many.
    private void answerBeside(Cstruct request) {
        slow.acquireUninterruptibly();
        Thread.ofVirtual()
                .name("dns-tcp-slow")
                .start(
                        () -> {
                            StreamServer.Desk desk = server.desk();
                            try {
                                answer(desk, request);
                            } catch (IOException e) {
                                flow.abort();
                            } finally {
                                server.giveBack(desk);
                                slow.release();
                            }
                        });
    }

    private void answer(StreamServer.Desk desk, ReadOnlyCstruct request) throws IOException {
        Cstruct message = desk.answer().sub(PREFIX, Responder.MAX_OCTETS);
        int length = desk.responder().stream(request, client, message, clock.wallNanos());
        server.tap(flow, request, message.sub(0, length));
        while (length > 0) {
            // RFC 7766, 8: length and message go together.
            desk.answer().putU16be(0, length);
            write(desk.answer().sub(0, PREFIX + length));
            length = desk.responder().next(message, clock.wallNanos());
        }
        if (desk.responder().isCutShort()) {
            flow.abort();
        }
    }

    private void write(ReadOnlyCstruct framed) throws IOException {
        writing.lock();
        try {
            writeSince = clock.nanoTime();
            inWrite = true;
            flow.write(framed);
        } finally {
            inWrite = false;
            writing.unlock();
        }
    }

    /// Ends the stream if the client has not read a message for the time of keep-alive.
    void abortIfStuck(long now) {
        if (inWrite && now - writeSince > idleNanos) {
            flow.abort();
        }
    }

    void abort() {
        flow.abort();
    }
}
