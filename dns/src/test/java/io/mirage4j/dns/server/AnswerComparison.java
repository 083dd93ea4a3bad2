// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.Section;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.TreeSet;

/// Two answers to one query, section by section.
final class AnswerComparison {
    private final int ourLength;
    private final int theirLength;
    private final Message ours;
    private final Message theirs;

    AnswerComparison(byte[] ours, byte[] theirs) {
        ourLength = ours.length;
        theirLength = theirs.length;
        this.ours = Message.parse(Cstruct.of(ours)).orThrow();
        this.theirs = Message.parse(Cstruct.of(theirs)).orThrow();
    }

    Message ours() {
        return ours;
    }

    Message theirs() {
        return theirs;
    }

    boolean theirsHave(int type) {
        return theirs.answers().stream().anyMatch(record -> record.type() == type);
    }

    /// Whether one was a little too long.
    boolean isNearLimit(int payload) {
        return Math.max(ourLength, theirLength) > payload * 5 / 8;
    }

    boolean sameRecords() {
        return texts(ours, Section.ANSWER).equals(texts(theirs, Section.ANSWER))
                && texts(ours, Section.AUTHORITY).equals(texts(theirs, Section.AUTHORITY));
    }

    /// What is different; null if nothing is.
    @Nullable String difference() {
        if (ours.is(HeaderWire.TC) != theirs.is(HeaderWire.TC)) return "TC";
        // What a truncated answer has left is everybody's own choice (RFC 2181, 9).
        if (ours.is(HeaderWire.TC)) return null;
        if (ours.rcode() != theirs.rcode()) {
            return Rcode.name(ours.rcode()) + " for " + Rcode.name(theirs.rcode());
        }
        if (ours.is(HeaderWire.AA) != theirs.is(HeaderWire.AA)) return "AA";
        if ((ours.edns() == null) != (theirs.edns() == null)) return "OPT";
        for (Section section : List.of(Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL)) {
            TreeSet<String> our = texts(ours, section);
            TreeSet<String> their = texts(theirs, section);
            if (our.equals(their)) continue;
            // Addresses are a courtesy (RFC 1034, 4.3.2, 6), and where they are none, TC tells: how
            // many of the same ones there are is everybody's own choice.
            boolean courtesy = section == Section.ADDITIONAL;
            if (courtesy && (our.containsAll(their) || their.containsAll(our))) continue;
            return section.toString();
        }
        return null;
    }

    static TreeSet<String> texts(Message message, Section section) {
        var texts = new TreeSet<String>();
        for (ResourceRecord record : message.records(section)) {
            texts.add(
                    record.name().canonical()
                            + " "
                            + Integer.toUnsignedString(record.ttl())
                            + " "
                            + record.type()
                            + " "
                            + record.data().canonical());
        }
        return texts;
    }

    @Override
    public String toString() {
        return "ours:\n" + ours + "\n\ntheirs:\n" + theirs;
    }
}
