// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import java.util.Arrays;

/// What a responder did so far. Written by its thread; another that reads sees each count as it was
/// not long ago.
public final class Counters {
    static final int RCODES = 24;

    /// Types below that are counted each by itself, all others together.
    static final int TYPES = 256;

    private final long[] byRcode = new long[RCODES];
    private final long[] byType = new long[TYPES + 1];
    private long overStreams;
    private long asDatagrams;
    private long dropped;
    private long limited;
    private long slipped;
    private long truncated;
    private long badCookies;

    /// How many answers had an rcode, those above BADCOOKIE not counted.
    public long answers(int rcode) {
        return byRcode[rcode];
    }

    public long answers() {
        return Arrays.stream(byRcode).sum();
    }

    /// How many answers were about a type; for 256 all types from there on.
    public long answersAbout(int type) {
        return byType[Math.min(type, TYPES)];
    }

    public long answersOverStreams() {
        return overStreams;
    }

    public long answersAsDatagrams() {
        return asDatagrams;
    }

    /// Datagrams that nothing could be answered to: too short, or answers themselves.
    public long dropped() {
        return dropped;
    }

    /// Answers not given, being too many for one network.
    public long limited() {
        return limited;
    }

    /// Answers given as truncated ones for that reason.
    public long slipped() {
        return slipped;
    }

    /// Answers that did not fit.
    public long truncated() {
        return truncated;
    }

    /// Server cookies that were not this server's, or too old.
    public long badCookies() {
        return badCookies;
    }

    void answer(int rcode) {
        byRcode[rcode]++;
    }

    void asked(int type) {
        byType[Math.min(type, TYPES)]++;
    }

    void sent(boolean isStream) {
        if (isStream) {
            overStreams++;
        } else {
            asDatagrams++;
        }
    }

    void drop() {
        dropped++;
    }

    void limit() {
        limited++;
    }

    void slip() {
        slipped++;
    }

    void truncate() {
        truncated++;
    }

    void badCookie() {
        badCookies++;
    }

    @Override
    public String toString() {
        return "answers %d, truncated %d, dropped %d, limited %d, slipped %d"
                .formatted(answers(), truncated, dropped, limited, slipped);
    }
}
