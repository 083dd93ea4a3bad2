// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.List;
import java.util.Optional;

/// Several ranges in one response, `multipart/byteranges` (RFC 9110, 14.6): what stands before each
/// part and behind the last, so that the parts themselves need not be copied.
public final class MultipartRanges {
    private final List<ByteRange> ranges;
    private final Optional<MediaType> type;
    private final long length;
    private final String boundary;

    /// @param length of the whole representation
    /// @param boundary a token that does not stand in the content; some 24 random characters
    public MultipartRanges(
            List<ByteRange> ranges, Optional<MediaType> type, long length, String boundary) {
        if (!FieldText.isToken(boundary) || boundary.length() > 70) {
            throw new IllegalArgumentException("not a boundary: " + boundary);
        }
        this.ranges = List.copyOf(ranges);
        this.type = type;
        this.length = length;
        this.boundary = boundary;
    }

    public MediaType mediaType() {
        return MediaType.of("multipart/byteranges; boundary=" + boundary);
    }

    public List<ByteRange> ranges() {
        return ranges;
    }

    /// What stands before the part of a range.
    public String before(int index) {
        return (index == 0 ? "--" : "\r\n--")
                + boundary
                + "\r\n"
                + type.map(t -> "Content-Type: " + t + "\r\n").orElse("")
                + "Content-Range: "
                + ranges.get(index).contentRange(length)
                + "\r\n\r\n";
    }

    /// What stands behind the last part.
    public String end() {
        return "\r\n--" + boundary + "--\r\n";
    }

    /// The length of it all, for Content-Length.
    public long contentLength() {
        long octets = end().length();
        for (int i = 0; i < ranges.size(); i++) {
            octets += before(i).length() + ranges.get(i).length();
        }
        return octets;
    }
}
