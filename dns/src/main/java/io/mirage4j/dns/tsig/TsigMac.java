// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tsig;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.Section;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What goes into a MAC, piece by piece (RFC 8945, 4.3).
final class TsigMac {
    private final TsigKey key;
    private final Mac mac;

    TsigMac(TsigKey key) {
        this.key = key;
        try {
            mac = Mac.getInstance(key.algorithm().mac);
            mac.init(new SecretKeySpec(key.secret().toByteArray(), key.algorithm().mac));
        } catch (GeneralSecurityException e) {
            // Every Java platform has HMAC with SHA-1 and SHA-2, and takes any secret but none.
            throw new AssertionError("no " + key.algorithm().mac, e);
        }
    }

    /// 4.3.1: the MAC of the message before, its length in front.
    TsigMac prior(byte[] before) {
        u16(before.length);
        mac.update(before);
        return this;
    }

    /// 4.3.2: a message up to its TSIG record, as it was before that came: with its first id.
    TsigMac message(ReadOnlyCstruct message, int length, int id, boolean hasTsig) {
        byte[] octets = message.toByteArray(0, length);
        Cstruct head = Cstruct.of(octets);
        HeaderWire.putId(head, id);
        int additionals = HeaderWire.count(head, Section.ADDITIONAL) - (hasTsig ? 1 : 0);
        HeaderWire.putCount(head, Section.ADDITIONAL, additionals);
        mac.update(octets);
        return this;
    }

    /// 4.3.3: the fields of the record.
    TsigMac variables(RecordData.Tsig tsig) {
        mac.update(key.name().toByteArray());
        u16(RrClass.ANY);
        u32(0);
        mac.update(tsig.algorithm().canonical().toByteArray());
        timers(tsig);
        u16(tsig.error());
        u16(tsig.other().length());
        mac.update(tsig.other().toByteArray());
        return this;
    }

    /// 5.3.1: of them, what counts from the second message on.
    TsigMac timers(RecordData.Tsig tsig) {
        u16((int) (tsig.time() >>> 32));
        u32((int) tsig.time());
        u16(tsig.fudge());
        return this;
    }

    /// The whole MAC; the next one begins.
    byte[] finish() {
        return mac.doFinal();
    }

    private void u16(int v) {
        mac.update((byte) (v >> 8));
        mac.update((byte) v);
    }

    private void u32(int v) {
        u16(v >>> 16);
        u16(v & 0xffff);
    }
}
