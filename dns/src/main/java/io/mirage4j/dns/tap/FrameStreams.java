// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tap;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.nio.charset.StandardCharsets;

/// Control frames of Frame Streams (farsightsec/fstrm): a data frame is its length and its octets;
/// the length 0 announces a control frame.
///
/// ```
/// |  0  | length | type | field: 1 | length | content type |
/// ```
///
/// All numbers have 32 bits, the most significant octet first.
public final class FrameStreams {
    public static final int ACCEPT = 1;
    public static final int START = 2;
    public static final int STOP = 3;
    public static final int READY = 4;
    public static final int FINISH = 5;

    /// What a control frame has at most, and so a reader's buffer.
    public static final int MOST_CONTROL_OCTETS = 512;

    private static final int CONTENT_TYPE = 1;
    private static final int HEAD = 12;
    private static final int FIELD = 8;

    /// A control frame that names a content type, as READY and START do.
    public static ReadOnlyCstruct control(int type, String contentType) {
        byte[] text = contentType.getBytes(StandardCharsets.US_ASCII);
        Cstruct frame = Cstruct.create(HEAD + FIELD + text.length);
        putHead(frame, type);
        frame.putU32be(HEAD, CONTENT_TYPE);
        frame.putU32be(HEAD + 4, text.length);
        frame.put(HEAD + FIELD, text, 0, text.length);
        return frame.readOnly();
    }

    /// A control frame without more, such as STOP.
    public static ReadOnlyCstruct control(int type) {
        Cstruct frame = Cstruct.create(HEAD);
        putHead(frame, type);
        return frame.readOnly();
    }

    private static void putHead(Cstruct frame, int type) {
        frame.putU32be(0, 0);
        frame.putU32be(4, frame.length() - 8);
        frame.putU32be(8, type);
    }

    /// Whether the octets of a control frame, behind its length, are one of `type`, and one of its
    /// content types is the one given, where it names any.
    public static boolean is(ReadOnlyCstruct control, int type, String contentType) {
        if (control.length() < 4 || control.u32be(0) != type) return false;
        boolean named = false;
        for (int at = 4; at < control.length(); ) {
            if (control.length() - at < FIELD) return false;
            int length = control.u32be(at + 4);
            if (length < 0 || length > control.length() - at - FIELD) return false;
            if (control.u32be(at) == CONTENT_TYPE) {
                named = true;
                String text = control.sub(at + FIELD, length).text(StandardCharsets.US_ASCII);
                if (text.equals(contentType)) return true;
            }
            at += FIELD + length;
        }
        return !named;
    }

    private FrameStreams() {}
}
