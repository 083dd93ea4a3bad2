// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;

/// A segment that came in, its header read once; the object is used again for the next. Payload may
/// be cut at both ends while it is judged.
final class Segment {
    Cstruct buf = Cstruct.empty();
    int sourcePort;
    int destinationPort;
    int seq;
    int ack;
    int flags;
    int window;
    int urgent;

    /// Where the payload stands in [#buf], and its length.
    int payload;

    int length;
    int segmentSize;
    boolean congestionExperienced;
    final TcpOptions options = new TcpOptions();

    void parse(Envelope envelope, Cstruct buf, int off, int len) {
        this.buf = buf;
        sourcePort = TcpWire.sourcePort(buf, off);
        destinationPort = TcpWire.destinationPort(buf, off);
        seq = TcpWire.seq(buf, off);
        ack = TcpWire.ack(buf, off);
        flags = TcpWire.flags(buf, off);
        window = TcpWire.window(buf, off);
        urgent = TcpWire.urgent(buf, off);
        int header = TcpWire.headerLength(buf, off);
        payload = off + header;
        length = len - header;
        segmentSize = envelope.segmentSize;
        congestionExperienced = envelope.ecn == Envelope.CE;
        options.parse(buf, off + TcpWire.HEADER_LENGTH, header - TcpWire.HEADER_LENGTH);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// One after the last sequence number it takes, SYN and FIN counted.
    int end() {
        return seq + sequenceLength();
    }

    int sequenceLength() {
        return length + (flags >> 1 & 1) + (flags & 1);
    }

    void cutFront(int octets) {
        seq += octets;
        payload += octets;
        length -= octets;
    }

    void cutBack(int octets) {
        length -= octets;
        flags &= ~(TcpWire.FIN | TcpWire.PSH);
    }
}
