// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tsig;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.Section;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Puts a TSIG record behind each message of one request, or of one answer of any number of
/// messages.
///
/// ```java
/// var signer = TsigSigner.request(key);
/// int length = signer.sign(buf, writer.finish(), seconds);
/// var verifier = TsigVerifier.answer(key, signer.mac());
/// ```
public final class TsigSigner {
    /// RFC 8945, 10: by how many seconds the clocks of the ends may differ.
    public static final int FUDGE_SECONDS = 300;

    private static final byte[] NOTHING = {};

    /// Time, fudge, length of the MAC, id, error, length of the rest.
    private static final int FIXED_OCTETS = 16;

    private static final int RECORD_HEAD = 10;

    private final DnsName name;
    private final DnsName algorithm;

    /// Null where nothing can be signed: the answer to a key or a MAC that was not good.
    private final @Nullable TsigKey key;

    private final int error;
    private final long clientSeconds;
    private byte[] prior;
    private boolean first = true;

    private TsigSigner(
            DnsName name,
            DnsName algorithm,
            @Nullable TsigKey key,
            int error,
            long clientSeconds,
            byte[] prior) {
        this.name = name;
        this.algorithm = algorithm;
        this.key = key;
        this.error = error;
        this.clientSeconds = clientSeconds;
        this.prior = prior;
    }

    /// Of one request.
    public static TsigSigner request(TsigKey key) {
        return of(key, NOTHING);
    }

    /// Of an answer to a request that had this MAC.
    static TsigSigner of(TsigKey key, byte[] requestMac) {
        return new TsigSigner(
                key.name(), key.algorithm().algorithmName(), key, Rcode.NOERROR, 0, requestMac);
    }

    /// Of an answer that says what was wrong with a request's record: with a MAC if the key is
    /// given (RFC 8945, 5.3.2).
    static TsigSigner error(
            DnsName name, RecordData.Tsig request, @Nullable TsigKey key, int error) {
        byte[] mac = request.mac().toByteArray();
        return new TsigSigner(name, request.algorithm(), key, error, request.time(), mac);
    }

    /// How many octets the record takes, at most.
    public int octets() {
        int mac = key == null ? 0 : key.macOctets();
        int other = error == Rcode.BADTIME ? 6 : 0;
        return name.lengthOctets()
                + RECORD_HEAD
                + algorithm.lengthOctets()
                + FIXED_OCTETS
                + mac
                + other;
    }

    /// Appends the record to a message of `length` octets and tells how long that is then.
    ///
    /// @throws IndexOutOfBoundsException if there is no room for [#octets] more
    public int sign(Cstruct message, int length, long seconds) {
        int id = HeaderWire.id(message);
        boolean late = error == Rcode.BADTIME;
        long time = late ? clientSeconds : seconds;
        Blob other = late ? u48(seconds) : Blob.EMPTY;
        var unsigned =
                new RecordData.Tsig(algorithm, time, FUDGE_SECONDS, Blob.EMPTY, id, error, other);
        byte[] mac = NOTHING;
        if (key != null) {
            var input = new TsigMac(key);
            if (!first || prior.length > 0) {
                input.prior(prior);
            }
            input.message(message, length, id, false);
            byte[] whole = (first ? input.variables(unsigned) : input.timers(unsigned)).finish();
            mac = Arrays.copyOf(whole, key.macOctets());
            prior = mac;
            first = false;
        }
        var signed =
                new RecordData.Tsig(algorithm, time, FUDGE_SECONDS, Blob.of(mac), id, error, other);
        return append(message, length, name, signed.rdata());
    }

    static int append(Cstruct message, int length, DnsName name, Rdata data) {
        name.write(message, length);
        int head = length + name.lengthOctets();
        message.putU16be(head, RrType.TSIG);
        message.putU16be(head + 2, RrClass.ANY);
        message.putU32be(head + 4, 0);
        message.putU16be(head + 8, data.lengthOctets());
        data.write(message, head + RECORD_HEAD);
        int additionals = HeaderWire.count(message, Section.ADDITIONAL);
        HeaderWire.putCount(message, Section.ADDITIONAL, additionals + 1);
        return head + RECORD_HEAD + data.lengthOctets();
    }

    private static Blob u48(long v) {
        byte[] octets = new byte[6];
        for (int i = 0; i < 6; i++) octets[i] = (byte) (v >> (8 * (5 - i)));
        return Blob.of(octets);
    }

    /// The MAC of the message signed last, which its answer is checked with.
    public Blob mac() {
        return Blob.of(prior);
    }
}
