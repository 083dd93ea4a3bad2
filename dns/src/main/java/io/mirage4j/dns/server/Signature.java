// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.dns.tsig.TsigSigner;
import io.mirage4j.dns.tsig.TsigVerifier;

import org.jspecify.annotations.Nullable;

/// What the TSIG record of a request means for its answer. Nothing here allocates where there is no
/// such record.
final class Signature {
    private @Nullable TsigSigner signer;
    private @Nullable DnsName key;
    private int rcode;
    private boolean unknown;

    /// Looks at a request's record, if it has one.
    void read(MessageView query, TsigKeys keys, long seconds) {
        signer = null;
        key = null;
        rcode = Rcode.NOERROR;
        unknown = false;
        if (query.tsigOff() < 0) return;
        switch (TsigVerifier.request(query, keys, seconds)) {
            case TsigVerifier.Good good -> {
                signer = good.answers();
                key = good.key().name();
            }
            case TsigVerifier.Bad bad -> {
                signer = bad.answers();
                rcode = bad.rcode();
                unknown = bad.ofUnknownKey();
            }
        }
    }

    /// What a request must be answered with for its record alone; NOERROR if it is good or there is
    /// none.
    int rcode() {
        return rcode;
    }

    /// Whether a request is signed with a key that this server does not have: it may be another's.
    boolean isUnknown() {
        return unknown;
    }

    /// The answer is not signed.
    void forget() {
        signer = null;
    }

    /// The name of the key that a request was signed with; null if it was not.
    @Nullable DnsName key() {
        return key;
    }

    /// How much room the answer's record needs.
    int octets() {
        return signer == null ? 0 : signer.octets();
    }

    /// Completes an answer of `length` octets.
    int sign(Cstruct out, int length, long seconds) {
        return signer == null ? length : signer.sign(out, length, seconds);
    }
}
