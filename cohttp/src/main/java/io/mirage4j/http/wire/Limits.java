// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

/// How much of everything a reader takes before it refuses the message. What it keeps between two
/// calls is bounded by these, whoever sends.
///
/// @param startLineOctets the request or status line without its end
/// @param fieldLineOctets one field line, with what is folded into it
/// @param fields lines in a head, or in the trailer section
/// @param headOctets the whole head
/// @param emptyLines before a start line
/// @param chunkLineOctets a chunk's size with its extensions
/// @param chunkExtensionOctets all extensions of a message together
/// @param trailerOctets the trailer section
/// @param contentOctets the content of a message, however it is framed
public record Limits(
        int startLineOctets,
        int fieldLineOctets,
        int fields,
        int headOctets,
        int emptyLines,
        int chunkLineOctets,
        int chunkExtensionOctets,
        int trailerOctets,
        long contentOctets) {

    /// 8 KiB for a line, 64 KiB and 100 fields for a head, 4 KiB for a chunk's line, 16 KiB for all
    /// extensions and for trailers; content without a limit.
    public static final Limits DEFAULT =
            new Limits(8192, 8192, 100, 65536, 8, 4096, 16384, 16384, Long.MAX_VALUE);

    /// Beyond this, sums of offsets could overflow.
    private static final int MOST = 1 << 28;

    public Limits {
        check("startLineOctets", startLineOctets);
        check("fieldLineOctets", fieldLineOctets);
        check("fields", fields);
        check("headOctets", headOctets);
        check("emptyLines", emptyLines);
        check("chunkLineOctets", chunkLineOctets);
        check("chunkExtensionOctets", chunkExtensionOctets);
        check("trailerOctets", trailerOctets);
        if (contentOctets < 0) {
            throw new IllegalArgumentException("contentOctets " + contentOctets + " < 0");
        }
    }

    private static void check(String name, int value) {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException(name + " " + value + " is not in 0.." + MOST);
        }
    }

    public Limits withStartLineOctets(int octets) {
        return new Limits(
                octets,
                fieldLineOctets,
                fields,
                headOctets,
                emptyLines,
                chunkLineOctets,
                chunkExtensionOctets,
                trailerOctets,
                contentOctets);
    }

    /// With other bounds of one line, of the number of lines and of the whole head.
    public Limits withHead(int lineOctets, int lines, int octets) {
        return new Limits(
                startLineOctets,
                lineOctets,
                lines,
                octets,
                emptyLines,
                chunkLineOctets,
                chunkExtensionOctets,
                trailerOctets,
                contentOctets);
    }

    /// With other bounds of one chunk's line and of all extensions together.
    public Limits withChunks(int lineOctets, int extensionOctets) {
        return new Limits(
                startLineOctets,
                fieldLineOctets,
                fields,
                headOctets,
                emptyLines,
                lineOctets,
                extensionOctets,
                trailerOctets,
                contentOctets);
    }

    public Limits withTrailerOctets(int octets) {
        return new Limits(
                startLineOctets,
                fieldLineOctets,
                fields,
                headOctets,
                emptyLines,
                chunkLineOctets,
                chunkExtensionOctets,
                octets,
                contentOctets);
    }

    public Limits withContentOctets(long octets) {
        return new Limits(
                startLineOctets,
                fieldLineOctets,
                fields,
                headOctets,
                emptyLines,
                chunkLineOctets,
                chunkExtensionOctets,
                trailerOctets,
                octets);
    }
}
