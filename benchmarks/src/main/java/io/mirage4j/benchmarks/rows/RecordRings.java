// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.benchmarks.harness.Duet;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.ring.OneToOneConsumer;
import io.mirage4j.ring.OneToOneProducer;
import io.mirage4j.ring.RecordHandler;
import io.mirage4j.ring.RecordProducer;
import io.mirage4j.ring.RecordRing;

import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jctools.queues.SpscArrayQueue;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/// Rings of records between two threads: ours, and those that Java has. A record is u64 id and u32
/// value.
final class RecordRings {
    private static final int CAPACITY = 8192;

    /// Ours.
    static Duet ours() {
        Cstruct memory = Cstruct.allocate(Arena.ofAuto(), RecordRing.HEAD_OCTETS + CAPACITY, 4096);
        RecordRing.init(memory);
        OneToOneProducer producer = new OneToOneProducer(memory);
        OneToOneConsumer consumer = new OneToOneConsumer(memory);
        long[] sum = new long[32];
        RecordHandler add =
                (records, off, len) ->
                        sum[16] +=
                                records.u64le(off) + Integer.toUnsignedLong(records.u32le(off + 8));
        return new Duet(
                times -> {
                    for (int i = 0; i < times; i++) {
                        int off;
                        while ((off = producer.claim(12)) == RecordProducer.NONE) {
                            Thread.onSpinWait();
                        }
                        memory.putU64le(off, i);
                        memory.putU32le(off + 8, 3 * i);
                        producer.commit();
                    }
                    return 0;
                },
                times -> {
                    sum[16] = 0;
                    for (int done = 0; done < times; ) {
                        done += consumer.drain(add, times - done);
                    }
                    return sum[16];
                });
    }

    static Duet agrona() {
        var buffer =
                new UnsafeBuffer(
                        ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH));
        var ring = new OneToOneRingBuffer(buffer);
        long[] sum = new long[32];
        MessageHandler add =
                (type, records, off, len) ->
                        sum[16] +=
                                records.getLong(off)
                                        + Integer.toUnsignedLong(records.getInt(off + 8));
        return new Duet(
                times -> {
                    for (int i = 0; i < times; i++) {
                        int off;
                        while ((off = ring.tryClaim(1, 12)) < 0) {
                            Thread.onSpinWait();
                        }
                        buffer.putLong(off, i);
                        buffer.putInt(off + 8, 3 * i);
                        ring.commit(off);
                    }
                    return 0;
                },
                times -> {
                    sum[16] = 0;
                    for (int done = 0; done < times; ) {
                        done += ring.read(add, times - done);
                    }
                    return sum[16];
                });
    }

    /// References to objects that are there already: what a queue inside one process can do.
    static Duet jctools() {
        var queue = new SpscArrayQueue<Message>(CAPACITY / 24);
        Message[] messages = new Message[1 << 16];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = new Message();
        }
        return new Duet(
                times -> {
                    for (int i = 0; i < times; i++) {
                        Message message = messages[i & (messages.length - 1)];
                        message.id = i;
                        message.value = 3 * i;
                        while (!queue.offer(message)) {
                            Thread.onSpinWait();
                        }
                    }
                    return 0;
                },
                times -> {
                    long sum = 0;
                    for (int done = 0; done < times; ) {
                        Message message = queue.poll();
                        if (message != null) {
                            sum += message.id + Integer.toUnsignedLong(message.value);
                            done++;
                        }
                    }
                    return sum;
                });
    }

    private static final class Message {
        long id;
        int value;
    }

    private RecordRings() {}
}
