// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;

/// A slip that travels beside a frame: what of its checksum is done, and whether it still has to be
/// cut. It is the frame's virtio-net header (virtio 1.2, 5.1.6) as a value, made once and used
/// again for one frame after another, by one thread at a time. Nothing here allocates.
///
/// A new slip is plain: the frame is complete, and nobody has looked at its checksum.
public final class FrameNote {
    /// Who has seen to the checksum of TCP or UDP.
    public enum Checksum {
        /// It stands in the frame as it will on the wire; a receiver verifies it.
        COMPLETE,
        /// The field holds the folded sum of the pseudo header, not inverted, and whoever puts the
        /// frame on a wire has to finish it. A receiver may trust the octets.
        PARTIAL,
        /// The device has verified it.
        VERIFIED
    }

    /// What a long frame will be cut into.
    public enum Segments {
        NONE,
        TCP4,
        TCP6,
        UDP
    }

    private Checksum checksum = Checksum.COMPLETE;
    private int checksumStart;
    private int checksumOffset;
    private Segments segments = Segments.NONE;
    private int headerOctets;
    private int segmentOctets;
    private boolean congestionWindowReduced;

    /// Makes the slip plain again.
    public FrameNote clear() {
        checksum = Checksum.COMPLETE;
        checksumStart = 0;
        checksumOffset = 0;
        segments = Segments.NONE;
        headerOctets = 0;
        segmentOctets = 0;
        congestionWindowReduced = false;
        return this;
    }

    /// The frame is complete and unverified: any device can send it.
    public boolean isPlain() {
        return checksum == Checksum.COMPLETE && segments == Segments.NONE;
    }

    public FrameNote copyFrom(FrameNote other) {
        checksum = other.checksum;
        checksumStart = other.checksumStart;
        checksumOffset = other.checksumOffset;
        segments = other.segments;
        headerOctets = other.headerOctets;
        segmentOctets = other.segmentOctets;
        congestionWindowReduced = other.congestionWindowReduced;
        return this;
    }

    /// The checksum over the octets from `start` to the frame's end has to be put at `start +
    /// offset`.
    ///
    /// @param start where the TCP or UDP header begins in the frame
    /// @param offset of the checksum in that header: 16 for TCP, 6 for UDP
    public FrameNote partialChecksum(int start, int offset) {
        if (start < 0 || offset < 0 || start > 0xffff || offset > 0xffff) {
            throw new IllegalArgumentException(
                    "start " + start + ", offset " + offset + " are not in 0..65535");
        }
        checksum = Checksum.PARTIAL;
        checksumStart = start;
        checksumOffset = offset;
        return this;
    }

    public FrameNote verifiedChecksum() {
        checksum = Checksum.VERIFIED;
        return this;
    }

    /// The frame has to be cut: what is behind its first `headerOctets` goes out in pieces of
    /// `segmentOctets`, the last of which may be shorter, each behind a copy of the headers with
    /// lengths, numbers, flags and checksums set right. The checksum has to be partial. Who sends
    /// the frame first tells its `headerOctets`; a device that hands it on may not know them, and
    /// says 0.
    public FrameNote segments(Segments kind, int headerOctets, int segmentOctets) {
        if (kind != Segments.NONE && (headerOctets < 0 || segmentOctets < 1)) {
            throw new IllegalArgumentException(
                    "header " + headerOctets + " < 0 or segment " + segmentOctets + " < 1");
        }
        segments = kind;
        this.headerOctets = headerOctets;
        this.segmentOctets = segmentOctets;
        return this;
    }

    /// RFC 3168: the first piece bears CWR, and only the first.
    public FrameNote congestionWindowReduced(boolean reduced) {
        congestionWindowReduced = reduced;
        return this;
    }

    public Checksum checksum() {
        return checksum;
    }

    public int checksumStart() {
        return checksumStart;
    }

    public int checksumOffset() {
        return checksumOffset;
    }

    public Segments segments() {
        return segments;
    }

    /// Octets in front of the payload: Ethernet, IP, TCP or UDP. Of a received frame it is a hint;
    /// 0 is: not told.
    public int headerOctets() {
        return headerOctets;
    }

    public int segmentOctets() {
        return segmentOctets;
    }

    public boolean congestionWindowReduced() {
        return congestionWindowReduced;
    }

    /// Finishes a partial checksum in `frame`, for a device that has none who would, and notes it.
    /// False, and nothing changed, if the place of the checksum is not in the frame.
    public boolean completeChecksum(Cstruct frame) {
        if (checksum != Checksum.PARTIAL) return true;
        int field = checksumStart + checksumOffset;
        if (field > frame.length() - 2) return false;
        int sum =
                InternetChecksum.finish(
                        InternetChecksum.onesComplementSum(
                                frame, checksumStart, frame.length() - checksumStart));
        // RFC 768: a computed zero travels as all ones. To TCP both are the same number.
        frame.putU16be(field, sum == 0 ? 0xffff : sum);
        checksum = Checksum.COMPLETE;
        return true;
    }

    @Override
    public String toString() {
        return checksum
                + (checksum == Checksum.PARTIAL ? "(" + checksumStart + "+" + checksumOffset : "(")
                + ") "
                + segments
                + (segments == Segments.NONE
                        ? ""
                        : "(" + headerOctets + "+n*" + segmentOctets + ")");
    }
}
