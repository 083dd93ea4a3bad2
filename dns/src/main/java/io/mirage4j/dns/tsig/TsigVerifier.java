// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tsig;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.NameWire;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.Arrays;

/// Checks the TSIG records of requests, and of the messages of one answer.
///
/// ```java
/// switch (TsigVerifier.request(view, keys, seconds)) {
///     case TsigVerifier.Good(TsigKey key, TsigSigner answers) -> ...
///     case TsigVerifier.Bad(int rcode, TsigSigner answers, boolean unknown) -> ...
/// }
/// ```
public final class TsigVerifier {
    /// What a request's record says about it.
    public sealed interface Request {}

    /// It is from somebody who has `key`; the answer is signed by `answers`.
    public record Good(TsigKey key, TsigSigner answers) implements Request {}

    /// It must be answered with this rcode and nothing else.
    ///
    /// @param answers null for FORMERR
    public record Bad(int rcode, @Nullable TsigSigner answers, boolean ofUnknownKey)
            implements Request {}

    /// What an answer's message is worth.
    public enum Verdict {
        GOOD,
        /// Without a record: good once one comes that is signed with it.
        UNSIGNED,
        BAD_SIGNATURE,
        BAD_TIME,
        /// The server did not take the key, the MAC or the time of the request: [#error].
        REFUSED
    }

    /// RFC 8945, 5.3.1: so many messages may come without a record before one with it.
    private static final int MOST_UNSIGNED = 99;

    private record Found(DnsName name, RecordData.Tsig tsig) {}

    private final TsigKey key;
    private final TsigMac mac;
    private boolean first = true;
    private int unsigned;
    private int error;

    private TsigVerifier(TsigKey key) {
        this.key = key;
        this.mac = new TsigMac(key);
    }

    /// Checks a request, whose view has a TSIG record (RFC 8945, 5.2: key, MAC, time, length).
    public static Request request(MessageView request, TsigKeys keys, long seconds) {
        Found found = find(request);
        if (found == null) return new Bad(Rcode.FORMERR, null, false);
        RecordData.Tsig tsig = found.tsig;
        TsigKey key = keys.get(found.name);
        if (key == null || !key.algorithm().algorithmName().equals(tsig.algorithm())) {
            return bad(found, null, Rcode.BADKEY);
        }
        int length = tsig.mac().length();
        if (length > key.algorithm().macOctets() || length < key.algorithm().shortestMacOctets()) {
            return new Bad(Rcode.FORMERR, null, false);
        }
        byte[] expected =
                new TsigMac(key)
                        .message(request.message(), request.tsigOff(), tsig.originalId(), true)
                        .variables(tsig)
                        .finish();
        if (!matches(expected, tsig.mac())) return bad(found, null, Rcode.BADSIG);
        if (!isNow(tsig, seconds)) return bad(found, key, Rcode.BADTIME);
        if (length < key.macOctets()) return bad(found, key, Rcode.BADTRUNC);
        return new Good(key, TsigSigner.of(key, tsig.mac().toByteArray()));
    }

    private static Bad bad(Found found, @Nullable TsigKey key, int error) {
        return new Bad(
                Rcode.NOTAUTH,
                TsigSigner.error(found.name, found.tsig, key, error),
                error == Rcode.BADKEY);
    }

    /// A verifier of the answer to a request that was signed with this MAC.
    public static TsigVerifier answer(TsigKey key, Blob requestMac) {
        var verifier = new TsigVerifier(key);
        verifier.mac.prior(requestMac.toByteArray());
        return verifier;
    }

    /// Checks the next message of the answer.
    public Verdict check(MessageView message, long seconds) {
        if (message.tsigOff() < 0) {
            // The first must have one.
            if (first || ++unsigned > MOST_UNSIGNED) return Verdict.BAD_SIGNATURE;
            ReadOnlyCstruct octets = message.message();
            mac.message(octets, message.end(), message.id(), false);
            return Verdict.UNSIGNED;
        }
        Found found = find(message);
        if (found == null
                || !found.name.equals(key.name())
                || !found.tsig.algorithm().equals(key.algorithm().algorithmName())) {
            return Verdict.BAD_SIGNATURE;
        }
        RecordData.Tsig tsig = found.tsig;
        error = tsig.error();
        boolean unsignable = error == Rcode.BADKEY || error == Rcode.BADSIG;
        if (unsignable && HeaderWire.rcode(message.flags()) == Rcode.NOTAUTH) {
            return Verdict.REFUSED;
        }
        mac.message(message.message(), message.tsigOff(), tsig.originalId(), true);
        byte[] expected = (first ? mac.variables(tsig) : mac.timers(tsig)).finish();
        int length = tsig.mac().length();
        if (length < key.macOctets()
                || length > key.algorithm().macOctets()
                || !matches(expected, tsig.mac())) {
            return Verdict.BAD_SIGNATURE;
        }
        mac.prior(tsig.mac().toByteArray());
        first = false;
        unsigned = 0;
        if (error != Rcode.NOERROR) return Verdict.REFUSED;
        return isNow(tsig, seconds) ? Verdict.GOOD : Verdict.BAD_TIME;
    }

    /// The error in the record read last: BADKEY and the like.
    public int error() {
        return error;
    }

    private static boolean isNow(RecordData.Tsig tsig, long seconds) {
        return Math.abs(seconds - tsig.time()) <= tsig.fudge();
    }

    /// Whether all of the MAC, which may be cut, is right; in a time that tells nothing.
    private static boolean matches(byte[] expected, Blob mac) {
        byte[] piece = Arrays.copyOf(expected, mac.length());
        return MessageDigest.isEqual(piece, mac.toByteArray());
    }

    /// The record of a message; null if it is none (RFC 8945, 5.2: FORMERR).
    private static @Nullable Found find(MessageView view) {
        ReadOnlyCstruct message = view.message();
        int off = view.tsigOff();
        DnsName name = DnsName.read(message, off);
        if (name == null) return null;
        int head = NameWire.skip(message, off);
        if (message.u16be(head + 2) != RrClass.ANY || message.u32be(head + 4) != 0) return null;
        Rdata data = Rdata.read(message, head + 10, message.u16be(head + 8), RrType.TSIG);
        if (data == null || !(data.value() instanceof RecordData.Tsig tsig)) return null;
        return new Found(name.canonical(), tsig);
    }
}
