// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.tsig.TsigVerifier;
import io.mirage4j.dns.zone.Serial;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.ZoneChange;
import io.mirage4j.dns.zone.ZoneHistory;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Takes the messages that answer a request for a transfer, one after the other, and makes a zone
/// of them.
///
/// ```java
/// var reader = new TransferReader(apex, id, have, verifier);
/// while (reader.feed(message(), seconds) == TransferReader.Progress.MORE) {}
/// if (reader.progress() == TransferReader.Progress.DONE) serve(reader.zone());
/// ```
public final class TransferReader {
    public enum Progress {
        MORE,
        DONE,
        /// There is nothing newer than what was there.
        UP_TO_DATE,
        FAILED
    }

    private final int id;
    private final @Nullable TsigVerifier verifier;
    private final TransferRecords records;
    private final @Nullable Zone have;
    private final MessageView view = new MessageView();
    private Progress progress = Progress.MORE;
    private String fault = "";
    private int rcode;
    private @Nullable Integer expireSeconds;
    private @Nullable Zone zone;

    /// @param have what an incremental transfer was asked from; null if the whole zone was
    /// @param verifier null for a request without a signature
    public TransferReader(
            DnsName apex, int id, @Nullable Zone have, @Nullable TsigVerifier verifier) {
        this.id = id;
        this.verifier = verifier;
        this.records = new TransferRecords(apex, have == null ? null : have.serial());
        this.have = have;
    }

    /// Takes the next message. What comes after the last is a fault.
    public Progress feed(ReadOnlyCstruct message, long seconds) {
        if (progress != Progress.MORE) return fail("a message behind the last");
        if (view.parse(message) != MessageView.Verdict.OK) return fail("" + view.verdict());
        if (view.id() != id || !view.isResponse()) return fail("not an answer to the request");
        var verdict = TsigVerifier.Verdict.GOOD;
        if (verifier != null) {
            verdict = verifier.check(view, seconds);
            switch (verdict) {
                case GOOD, UNSIGNED -> {}
                case REFUSED -> {
                    return fail("the request was refused: TSIG error " + verifier.error());
                }
                case BAD_SIGNATURE, BAD_TIME -> {
                    return fail(
                            verdict == TsigVerifier.Verdict.BAD_TIME
                                    ? "signed at another time"
                                    : "no good signature");
                }
            }
        }
        rcode = view.rcode();
        if (rcode != Rcode.NOERROR) return fail(Rcode.name(rcode));
        if ((view.flags() & HeaderWire.TC) != 0) return fail("truncated");
        if (!(Message.parse(message) instanceof Parsed.Value<Message>(Message parsed))) {
            return fail("malformed");
        }
        if (parsed.answers().isEmpty()) return fail("no records");
        var expire = parsed.edns() == null ? null : parsed.edns().option(EdnsOption.Expire.class);
        if (expire != null && expire.seconds() != null) {
            expireSeconds = expire.seconds();
        }
        for (ResourceRecord record : parsed.answers()) {
            String wrong = records.add(record);
            if (wrong != null) return fail(wrong);
        }
        if (records.isSoaAlone()) {
            progress = Progress.UP_TO_DATE;
        }
        if (records.isComplete()) {
            String wrong = build();
            if (wrong != null) return fail(wrong);
            progress = Progress.DONE;
        }
        // RFC 8945, 5.3.1: the last message is signed.
        boolean over = progress != Progress.MORE;
        if (over && verdict == TsigVerifier.Verdict.UNSIGNED) return fail("the end is not signed");
        return progress;
    }

    /// Makes the zone, or tells why there is none.
    private @Nullable String build() {
        List<ZoneChange> changes = records.changes();
        ZoneBuilder.Result result =
                changes.isEmpty() || have == null
                        ? records.whole().build()
                        : ZoneBuilder.next(have, changes);
        return switch (result) {
            case ZoneBuilder.Good(Zone built, var warnings) -> {
                zone = built.with(history(built, changes));
                yield null;
            }
            case ZoneBuilder.Bad(var faults) -> faults.getFirst().cause();
        };
    }

    private ZoneHistory history(Zone built, List<ZoneChange> changes) {
        if (have == null || !Serial.isAfter(built.serial(), have.serial())) return ZoneHistory.NONE;
        if (changes.isEmpty()) return have.history().with(ZoneChange.between(have, built));
        ZoneHistory history = have.history();
        for (ZoneChange change : changes) history = history.with(change);
        return history;
    }

    private Progress fail(String why) {
        fault = why;
        progress = Progress.FAILED;
        return progress;
    }

    public Progress progress() {
        return progress;
    }

    /// Why there is no zone.
    public String fault() {
        return fault;
    }

    /// The rcode of the last message that had a good signature, if it must have one.
    public int rcode() {
        return rcode;
    }

    /// When the zone expires at the server that was asked (RFC 7314), where it told that.
    @Nullable Integer expireSeconds() {
        return expireSeconds;
    }

    /// The zone, with a history that leads to it.
    ///
    /// @throws IllegalStateException unless [Progress#DONE]
    public Zone zone() {
        if (progress != Progress.DONE || zone == null) {
            throw new IllegalStateException("no zone: " + progress + " " + fault);
        }
        return zone;
    }

    /// The changes that came; empty if the whole zone did.
    public List<ZoneChange> changes() {
        return records.changes();
    }
}
