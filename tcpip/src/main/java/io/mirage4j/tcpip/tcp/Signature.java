// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// RFC 2385: an MD5 digest over pseudo-header, header without options, payload and a key that both
/// sides know. It is for BGP sessions whose other end knows nothing better.
final class Signature {
    private static final int LENGTH = 16;

    /// Fills in the signature option of a segment whose header stands at `off`.
    static void sign(Envelope envelope, Cstruct buf, int off, int header, int len, byte[] key) {
        int option = find(buf, off, header);
        if (option >= 0) {
            buf.put(option, digest(envelope, buf, off, header, len, key));
        }
    }

    static boolean isRight(
            Envelope envelope, ReadOnlyCstruct buf, int off, int len, int option, byte[] key) {
        int header = TcpWire.headerLength(buf, off);
        byte[] wanted = digest(envelope, buf, off, header, len - header, key);
        return MessageDigest.isEqual(wanted, buf.toByteArray(option, LENGTH));
    }

    private static int find(ReadOnlyCstruct buf, int off, int header) {
        int at = off + TcpWire.HEADER_LENGTH;
        while (at < off + header) {
            int kind = buf.u8(at);
            if (kind == TcpOptions.MD5) return at + 2;
            at += kind <= TcpOptions.NOP ? 1 : buf.u8(at + 1);
        }
        return -1;
    }

    private static byte[] digest(
            Envelope envelope, ReadOnlyCstruct buf, int off, int header, int len, byte[] key) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(pseudoHeader(envelope, header + len));
            byte[] fixed = buf.toByteArray(off, TcpWire.HEADER_LENGTH);
            fixed[16] = 0;
            fixed[17] = 0;
            md5.update(fixed);
            md5.update(buf.toByteArray(off + header, len));
            return md5.digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] pseudoHeader(Envelope e, int length) {
        if (e.isIpv4()) {
            Cstruct pseudo = Cstruct.create(12);
            pseudo.putU32be(0, (int) e.sourceLow);
            pseudo.putU32be(4, (int) e.destinationLow);
            pseudo.putU16be(8, TcpWire.PROTOCOL);
            pseudo.putU16be(10, length);
            return pseudo.toByteArray();
        }
        Cstruct pseudo = Cstruct.create(40);
        pseudo.putU64be(0, e.sourceHigh);
        pseudo.putU64be(8, e.sourceLow);
        pseudo.putU64be(16, e.destinationHigh);
        pseudo.putU64be(24, e.destinationLow);
        pseudo.putU32be(32, length);
        pseudo.putU32be(36, TcpWire.PROTOCOL);
        return pseudo.toByteArray();
    }

    private Signature() {}
}
