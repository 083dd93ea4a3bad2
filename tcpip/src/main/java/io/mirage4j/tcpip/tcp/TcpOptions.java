// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The options of one segment, parsed into fields that are used again for the next. An option that
/// is cut off or has a wrong length ends the parsing or is passed over; none throws. Nothing here
/// allocates.
final class TcpOptions {
    static final int EOL = 0;
    static final int NOP = 1;
    static final int MSS = 2;
    static final int WINDOW_SCALE = 3;
    static final int SACK_PERMITTED = 4;
    static final int SACK = 5;
    static final int TIMESTAMPS = 8;
    static final int MD5 = 19;
    static final int FAST_OPEN = 34;
    static final int EXPERIMENT = 254;

    /// RFC 7413's experimental ancestor (RFC 6994): kind 254 and this.
    static final int FAST_OPEN_MAGIC = 0xf989;

    static final int MAX_SACK_BLOCKS = 4;

    /// How options begin that are timestamps alone, in the layout of RFC 7323's appendix A.
    static final int ALIGNED_TIMESTAMPS = NOP << 24 | NOP << 16 | TIMESTAMPS << 8 | 10;

    static final int ALIGNED_TIMESTAMPS_LENGTH = 12;

    /// Of these four octets.
    static final long ALIGNED_TIMESTAMPS_SUM =
            (ALIGNED_TIMESTAMPS >>> 16) + (ALIGNED_TIMESTAMPS & 0xffff);

    int mss;

    /// The shift, or -1 if there was no such option.
    int windowScale;

    boolean sackPermitted;
    boolean hasTimestamps;
    int tsVal;
    int tsEcr;
    int sackBlocks;
    final int[] sackStart = new int[MAX_SACK_BLOCKS];
    final int[] sackEnd = new int[MAX_SACK_BLOCKS];

    /// Where the cookie stands; -1 if there was no such option.
    int cookieOffset;

    int cookieLength;
    boolean cookieExperimental;

    /// Where the 16 octets of an MD5 signature (RFC 2385) stand, or -1.
    int signatureOffset;

    boolean malformed;
    private boolean isPlain;

    /// Parses the `len` octets of options at `off`.
    void parse(ReadOnlyCstruct buf, int off, int len) {
        forget();
        if (len == ALIGNED_TIMESTAMPS_LENGTH && buf.u32be(off) == ALIGNED_TIMESTAMPS) {
            long both = buf.u64be(off + 4);
            hasTimestamps = true;
            tsVal = (int) (both >>> Integer.SIZE);
            tsEcr = (int) both;
            isPlain = true;
            return;
        }
        isPlain = len == 0;
        parseEach(buf, off, len);
    }

    private void forget() {
        mss = 0;
        windowScale = -1;
        sackPermitted = false;
        hasTimestamps = false;
        sackBlocks = 0;
        cookieOffset = -1;
        cookieLength = 0;
        signatureOffset = -1;
        malformed = false;
    }

    private void parseEach(ReadOnlyCstruct buf, int off, int len) {
        int at = off;
        int end = off + len;
        while (at < end) {
            int kind = buf.u8(at);
            if (kind == EOL) return;
            if (kind == NOP) {
                at++;
                continue;
            }
            if (at + 1 >= end) {
                malformed = true;
                return;
            }
            int length = buf.u8(at + 1);
            if (length < 2 || at + length > end) {
                malformed = true;
                return;
            }
            option(buf, kind, at, length);
            at += length;
        }
    }

    /// Nothing but timestamps, or nothing at all.
    boolean isPlain() {
        return isPlain;
    }

    boolean isSameStamp(TcpOptions other) {
        return hasTimestamps == other.hasTimestamps
                && (!hasTimestamps || (tsVal == other.tsVal && tsEcr == other.tsEcr));
    }

    /// Takes over what stands in plain options.
    void copyPlain(TcpOptions other) {
        forget();
        isPlain = true;
        hasTimestamps = other.hasTimestamps;
        tsVal = other.tsVal;
        tsEcr = other.tsEcr;
    }

    private void option(ReadOnlyCstruct buf, int kind, int at, int length) {
        switch (kind) {
            case MSS -> {
                if (length == 4) {
                    mss = buf.u16be(at + 2);
                }
            }
            case WINDOW_SCALE -> {
                // RFC 7323, 2.3: a shift above 14 counts as 14.
                if (length == 3) {
                    windowScale = Math.min(buf.u8(at + 2), 14);
                }
            }
            case SACK_PERMITTED -> {
                if (length == 2) {
                    sackPermitted = true;
                }
            }
            case SACK -> sack(buf, at, length);
            case TIMESTAMPS -> {
                if (length == 10) {
                    hasTimestamps = true;
                    tsVal = buf.u32be(at + 2);
                    tsEcr = buf.u32be(at + 6);
                }
            }
            case MD5 -> {
                if (length == 18) {
                    signatureOffset = at + 2;
                }
            }
            case FAST_OPEN -> {
                cookieOffset = at + 2;
                cookieLength = length - 2;
                cookieExperimental = false;
            }
            case EXPERIMENT -> {
                if (length >= 4 && buf.u16be(at + 2) == FAST_OPEN_MAGIC) {
                    cookieOffset = at + 4;
                    cookieLength = length - 4;
                    cookieExperimental = true;
                }
            }
            default -> {}
        }
    }

    private void sack(ReadOnlyCstruct buf, int at, int length) {
        if ((length - 2) % 8 != 0) return;
        int count = Math.min((length - 2) / 8, MAX_SACK_BLOCKS);
        for (int i = 0; i < count; i++) {
            sackStart[i] = buf.u32be(at + 2 + 8 * i);
            sackEnd[i] = buf.u32be(at + 6 + 8 * i);
        }
        sackBlocks = count;
    }
}
