// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tap;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;

import java.nio.charset.StandardCharsets;

/// Questions and answers as dnstap has them, each one data frame of Frame Streams, in a ring of so
/// many octets and no more: while nobody takes them, what does not fit any more is left out and
/// counted, and nobody ever waits. Any thread may use it. Noting allocates nothing.
public final class DnstapLog {
    public static final String CONTENT_TYPE = "protobuf:dnstap.Dnstap";

    /// A question or an answer in a stream has no more than that, and the rest is little.
    private static final int MOST_MESSAGE_OCTETS = 65_535;

    private static final int REST_OCTETS = 1024;

    /// What one frame has at most.
    public static final int MOST_FRAME_OCTETS = 2 * MOST_MESSAGE_OCTETS + REST_OCTETS;

    private static final int LENGTH_OCTETS = 4;

    // Numbers and fields of `Message` in dnstap.proto, by their names there.

    private static final int TYPE_AUTH_QUERY = 1;
    private static final int TYPE_AUTH_RESPONSE = 2;
    private static final int TYPE = 1;
    private static final int SOCKET_FAMILY = 2;
    private static final int SOCKET_PROTOCOL = 3;
    private static final int QUERY_ADDRESS = 4;
    private static final int RESPONSE_ADDRESS = 5;
    private static final int QUERY_PORT = 6;
    private static final int RESPONSE_PORT = 7;
    private static final int QUERY_TIME_SEC = 8;
    private static final int QUERY_TIME_NSEC = 9;
    private static final int QUERY_MESSAGE = 10;
    private static final int RESPONSE_TIME_SEC = 12;
    private static final int RESPONSE_TIME_NSEC = 13;
    private static final int RESPONSE_MESSAGE = 14;

    // Fields of `Dnstap`, which is around it.

    private static final int IDENTITY = 1;
    private static final int VERSION = 2;
    private static final int MESSAGE = 14;
    private static final int OUTER_TYPE = 15;
    private static final int MOST_NAME_OCTETS = 255;

    private static final long SECOND = 1_000_000_000;

    private final byte[] ring;
    private final Cstruct head = Cstruct.create(2 * MOST_NAME_OCTETS + 32);
    private final ProtobufWriter outer = new ProtobufWriter(head);
    private final int constantOctets;
    private final Cstruct body = Cstruct.create(MOST_FRAME_OCTETS);
    private final ProtobufWriter inner = new ProtobufWriter(body);
    private final Cstruct address = Cstruct.create(16);
    private long added;
    private long taken;
    private long lost;
    private long frames;

    /// @param octets how much it keeps
    /// @param identity what the server calls itself, up to 255 octets
    /// @param version of the server, up to 255 octets
    public DnstapLog(int octets, String identity, String version) {
        ring = new byte[octets];
        // Fields may come in any order: what is the same in all frames stands in front.
        outer.rewind(LENGTH_OCTETS);
        outer.varint(OUTER_TYPE, 1);
        putText(IDENTITY, identity);
        putText(VERSION, version);
        constantOctets = outer.length();
    }

    private void putText(int field, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length > MOST_NAME_OCTETS) {
            throw new IllegalArgumentException("'%s' has > 255 octets".formatted(text));
        }
        outer.bytes(field, Cstruct.of(octets).readOnly(), 0, octets.length);
    }

    /// Notes a question, and how it was answered.
    ///
    /// @param local to which address and port it came; the address may be the unspecified one
    /// @param length of the answer; 0 if there was none
    /// @param wallNanos since 1970
    public synchronized void add(
            boolean isStream,
            Endpoint client,
            Endpoint local,
            ReadOnlyCstruct question,
            ReadOnlyCstruct answer,
            int length,
            long wallNanos) {
        inner.rewind(0);
        inner.varint(TYPE, length == 0 ? TYPE_AUTH_QUERY : TYPE_AUTH_RESPONSE);
        inner.varint(SOCKET_FAMILY, client.address() instanceof Ipv4Address ? 1 : 2);
        inner.varint(SOCKET_PROTOCOL, isStream ? 2 : 1);
        putAddress(QUERY_ADDRESS, client.address());
        if (local.address().lengthOctets() == client.address().lengthOctets()
                && !local.address().isUnspecified()) {
            putAddress(RESPONSE_ADDRESS, local.address());
        }
        inner.varint(QUERY_PORT, client.port());
        inner.varint(RESPONSE_PORT, local.port());
        inner.varint(QUERY_TIME_SEC, wallNanos / SECOND);
        inner.fixed32(QUERY_TIME_NSEC, (int) (wallNanos % SECOND));
        inner.bytes(QUERY_MESSAGE, question, 0, Math.min(question.length(), MOST_MESSAGE_OCTETS));
        if (length > 0) {
            inner.varint(RESPONSE_TIME_SEC, wallNanos / SECOND);
            inner.fixed32(RESPONSE_TIME_NSEC, (int) (wallNanos % SECOND));
            inner.bytes(RESPONSE_MESSAGE, answer, 0, length);
        }
        putFrame();
    }

    private void putAddress(int field, IpAddress value) {
        value.write(address, 0);
        inner.bytes(field, address, 0, value.lengthOctets());
    }

    private void putFrame() {
        outer.rewind(constantOctets);
        outer.bytesHead(MESSAGE, inner.length());
        int length = outer.length() + inner.length();
        if (length > ring.length - (added - taken)) {
            lost++;
            return;
        }
        head.putU32be(0, length - LENGTH_OCTETS);
        put(head, outer.length());
        put(body, inner.length());
        frames++;
    }

    private void put(Cstruct octets, int len) {
        int at = (int) (added % ring.length);
        int first = Math.min(len, ring.length - at);
        octets.copyTo(0, ring, at, first);
        octets.copyTo(first, ring, 0, len - first);
        added += len;
    }

    /// Moves what was noted to the start of `into`, as many whole frames as it has room for, and
    /// tells how many octets that were. [#MOST_FRAME_OCTETS] are room for any.
    public synchronized int take(Cstruct into) {
        long end = taken;
        while (end < added) {
            long next = end + LENGTH_OCTETS + frameLength(end);
            if (next - taken > into.length()) break;
            end = next;
        }
        int len = (int) (end - taken);
        int at = (int) (taken % ring.length);
        int first = Math.min(len, ring.length - at);
        into.put(0, ring, at, first);
        into.put(first, ring, 0, len - first);
        taken = end;
        return len;
    }

    private int frameLength(long at) {
        int length = 0;
        for (int i = 0; i < LENGTH_OCTETS; i++) {
            length = (length << 8) | (ring[(int) ((at + i) % ring.length)] & 0xff);
        }
        return length;
    }

    public synchronized boolean isEmpty() {
        return taken == added;
    }

    /// How many were left out since nobody made room.
    public synchronized long lost() {
        return lost;
    }

    /// How many were noted.
    public synchronized long frames() {
        return frames;
    }
}
