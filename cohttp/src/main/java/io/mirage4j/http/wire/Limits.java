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

    /// The defaults, to be changed one by one.
    public static Builder builder() {
        return new Builder();
    }

    /// What a reader shall take, where the defaults will not do.
    public static final class Builder {
        private int startLineOctets = DEFAULT.startLineOctets;
        private int fieldLineOctets = DEFAULT.fieldLineOctets;
        private int fields = DEFAULT.fields;
        private int headOctets = DEFAULT.headOctets;
        private int emptyLines = DEFAULT.emptyLines;
        private int chunkLineOctets = DEFAULT.chunkLineOctets;
        private int chunkExtensionOctets = DEFAULT.chunkExtensionOctets;
        private int trailerOctets = DEFAULT.trailerOctets;
        private long contentOctets = DEFAULT.contentOctets;

        private Builder() {}

        public Builder startLine(int octets) {
            startLineOctets = octets;
            return this;
        }

        public Builder fieldLine(int octets) {
            fieldLineOctets = octets;
            return this;
        }

        /// How many lines, and how long all of the head.
        public Builder head(int lines, int octets) {
            fields = lines;
            headOctets = octets;
            return this;
        }

        public Builder emptyLines(int lines) {
            emptyLines = lines;
            return this;
        }

        public Builder chunkLine(int octets) {
            chunkLineOctets = octets;
            return this;
        }

        public Builder chunkExtensions(int octets) {
            chunkExtensionOctets = octets;
            return this;
        }

        public Builder trailers(int octets) {
            trailerOctets = octets;
            return this;
        }

        public Builder content(long octets) {
            contentOctets = octets;
            return this;
        }

        public Limits build() {
            return new Limits(
                    startLineOctets,
                    fieldLineOctets,
                    fields,
                    headOctets,
                    emptyLines,
                    chunkLineOctets,
                    chunkExtensionOctets,
                    trailerOctets,
                    contentOctets);
        }
    }
}
