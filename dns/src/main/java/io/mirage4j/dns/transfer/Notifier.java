// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.MessageWriter;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.dns.tsig.TsigSigner;
import io.mirage4j.dns.tsig.TsigVerifier;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Entropy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells other servers that a zone has changed (RFC 1996), again and again until they say that they
/// have heard, or for so many times. Of one zone a server is told the last change alone.
public final class Notifier {
    private static final int MOST_TIMES = 6;
    private static final long FIRST_WAIT = 1_000_000_000;

    private record Key(DnsName apex, Endpoint endpoint) {}

    private static final class Pending {
        final Peer peer;
        final ResourceRecord soa;
        final int id;
        long due;
        int times;

        /// Of each time that it was said, since an answer may be to any.
        final List<Blob> requestMacs = new ArrayList<>();

        Pending(Peer peer, ResourceRecord soa, int id, long due) {
            this.peer = peer;
            this.soa = soa;
            this.id = id;
            this.due = due;
        }
    }

    private final Entropy entropy;
    private final Map<Key, Pending> pending = new LinkedHashMap<>();
    private final MessageWriter writer = new MessageWriter();
    private final MessageView view = new MessageView();

    public Notifier(Entropy entropy) {
        this.entropy = entropy;
    }

    /// Begins to tell `peers` about a zone.
    public void announce(Zone zone, List<Peer> peers, long now) {
        ResourceRecord soa = zone.each().next();
        for (Peer peer : peers) {
            int id = entropy.nextInt(1 << 16);
            pending.put(new Key(zone.apex(), peer.endpoint()), new Pending(peer, soa, id, now));
        }
    }

    /// When [#next] has something to say; the largest number if never.
    public long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (Pending one : pending.values()) next = Math.min(next, one.due);
        return next;
    }

    /// Puts what is due into `into`; false if nothing is.
    public boolean next(Datagram into, long seconds, long now) {
        pending.values().removeIf(one -> one.times == MOST_TIMES && one.due <= now);
        for (Pending one : pending.values()) {
            if (one.due > now) continue;
            one.due = now + (FIRST_WAIT << one.times++);
            into.length(write(one, into, seconds)).remote(one.peer.endpoint()).local(null);
            return true;
        }
        return false;
    }

    private int write(Pending one, Datagram into, long seconds) {
        int flags = HeaderWire.opcodeBits(Opcode.NOTIFY) | HeaderWire.AA;
        var question = List.of(new Question(one.soa.name(), RrType.SOA, RrClass.IN));
        var message =
                new Message(one.id, flags, question, List.of(one.soa), List.of(), List.of(), null);
        int length = message.emit(writer, into.buffer(), into.buffer().length());
        if (length < 0) throw new IllegalArgumentException("a buffer too small to notify");
        TsigKey key = one.peer.key();
        if (key == null) return length;
        var signer = TsigSigner.request(key);
        int signed = signer.sign(into.buffer(), length, seconds);
        one.requestMacs.add(signer.mac());
        return signed;
    }

    /// Takes an answer. Whatever its rcode, it has been heard. Of a peer with a key it has to be
    /// signed with it. All that a forged answer can do is to keep a change from being told again to
    /// a peer without a key.
    public void receive(ReadOnlyCstruct answer, Endpoint from, long seconds) {
        if (view.parse(answer) != MessageView.Verdict.OK) return;
        if (!view.isResponse() || view.opcode() != Opcode.NOTIFY || !view.hasQuestion()) return;
        DnsName apex = DnsName.read(answer, view.questionOff());
        if (apex == null) return;
        var key = new Key(apex, from);
        Pending one = pending.get(key);
        if (one != null && one.id == view.id() && isGenuine(one, seconds)) {
            pending.remove(key);
        }
    }

    /// RFC 8945, 5.3.2 and 5.4.1: who asked with a signature takes no answer without.
    private boolean isGenuine(Pending one, long seconds) {
        TsigKey key = one.peer.key();
        if (key == null) return true;
        for (Blob mac : one.requestMacs) {
            var verifier = TsigVerifier.answer(key, mac);
            if (verifier.check(view, seconds) == TsigVerifier.Verdict.GOOD) return true;
        }
        return false;
    }
}
