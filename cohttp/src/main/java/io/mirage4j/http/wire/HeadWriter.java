// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.nio.charset.StandardCharsets;

/// Writes the head of a message, or a trailer section, so that it is read as what it was meant for:
/// a name that is no token, a value with a line end or another control character in it, a target
/// with a space, are refused before an octet of them is written, and how the content is framed can
/// be said once only.
///
/// ```java
/// var head = new HeadWriter(out);
/// head.status(200, "OK").field("Content-Type", "text/plain").contentLength(5);
/// int length = head.end();
/// ```
///
/// Where the window is too small, writing goes on without it: [#end] then returns the length that
/// is needed, and [#fits] is false. Text is written one octet for each character; characters beyond
/// U+00FF are refused. Nothing here allocates.
public final class HeadWriter {
    private enum Part {
        START,
        FIELDS,
        TRAILERS,
        ENDED
    }

    private static final int LONGEST_NUMBER = 20;

    private Cstruct out;
    private int length;
    private Part part = Part.START;
    private boolean framed;

    public HeadWriter(Cstruct out) {
        this.out = out;
    }

    /// Begins anew, into another window.
    public HeadWriter over(Cstruct out) {
        this.out = out;
        length = 0;
        part = Part.START;
        framed = false;
        return this;
    }

    /// The request line of HTTP/1.1.
    public HeadWriter request(String method, String target) {
        in(Part.START);
        checkToken("method", method);
        checkTarget(target);
        text(method);
        octet(' ');
        text(target);
        text(" HTTP/1.1\r\n");
        part = Part.FIELDS;
        return this;
    }

    /// The status line of HTTP/1.1; the reason may be empty.
    public HeadWriter status(int status, String reason) {
        in(Part.START);
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status " + status + " is not in 100..999");
        }
        checkValue("reason", reason);
        text("HTTP/1.1 ");
        digits(status);
        octet(' ');
        text(reason);
        text("\r\n");
        part = Part.FIELDS;
        return this;
    }

    /// Fields that come behind chunked content.
    public HeadWriter trailers() {
        in(Part.START);
        part = Part.TRAILERS;
        return this;
    }

    /// One field line. Content-Length and Transfer-Encoding have verbs of their own; among trailers
    /// they and Host are refused.
    public HeadWriter field(String name, String value) {
        checkToken("field name", name);
        checkValue(name, value);
        if (isNamed(name, "content-length") || isNamed(name, "transfer-encoding")) {
            throw new IllegalArgumentException(
                    name + " is written by contentLength or chunked alone");
        }
        if (part == Part.TRAILERS && isNamed(name, "host")) {
            throw new IllegalArgumentException(name + " is no trailer");
        }
        inFields();
        line(name, value);
        return this;
    }

    /// One field line whose value is octets.
    public HeadWriter field(String name, ReadOnlyCstruct value) {
        return field(name, value.text(StandardCharsets.ISO_8859_1));
    }

    /// The content has this many octets.
    public HeadWriter contentLength(long octets) {
        if (octets < 0) throw new IllegalArgumentException("content length " + octets + " < 0");
        frame();
        text("Content-Length: ");
        digits(octets);
        text("\r\n");
        return this;
    }

    /// The content comes in chunks.
    public HeadWriter chunked() {
        frame();
        text("Transfer-Encoding: chunked\r\n");
        return this;
    }

    /// Ends the section, and returns its length, whether it fits or not.
    public int end() {
        inFields();
        text("\r\n");
        part = Part.ENDED;
        return length;
    }

    /// Whether everything that was written is in the window.
    public boolean fits() {
        return length <= out.length();
    }

    private void frame() {
        in(Part.FIELDS);
        if (framed) throw new IllegalStateException("the framing of the content was said already");
        framed = true;
    }

    private void in(Part part) {
        if (this.part != part) {
            throw new IllegalStateException("the writer is at " + this.part + ", not at " + part);
        }
    }

    private void inFields() {
        if (part != Part.FIELDS && part != Part.TRAILERS) {
            throw new IllegalStateException("the writer is at " + part + ", not at fields");
        }
    }

    private static void checkToken(String what, String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c > 0x7f || !Octets.isToken(c)) throw refused(what, i, c);
        }
        if (token.isEmpty()) throw new IllegalArgumentException(what + " is empty");
    }

    private static void checkTarget(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c > 0x7f || !Octets.isTarget(c)) throw refused("target", i, c);
        }
        if (target.isEmpty()) throw new IllegalArgumentException("target is empty");
    }

    private static void checkValue(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0xff || !Octets.isValue(c)) throw refused(what, i, c);
        }
    }

    private static IllegalArgumentException refused(String what, int index, char c) {
        return new IllegalArgumentException(
                what + " has U+" + Integer.toHexString(0x10000 | c).substring(1) + " at " + index);
    }

    private static boolean isNamed(String name, String lower) {
        return name.length() == lower.length() && name.equalsIgnoreCase(lower);
    }

    private void line(String name, String value) {
        text(name);
        text(": ");
        text(value);
        text("\r\n");
    }

    private void text(String text) {
        int off = length;
        length = Math.addExact(off, text.length());
        if (length <= out.length()) {
            for (int i = 0; i < text.length(); i++) {
                out.putU8(off + i, text.charAt(i));
            }
        }
    }

    private void octet(int octet) {
        if (length < out.length()) {
            out.putU8(length, octet);
        }
        length++;
    }

    private void digits(long number) {
        long power = 1;
        for (int i = 1; i < LONGEST_NUMBER - 1 && number / power >= 10; i++) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            octet((int) ('0' + number / power % 10));
        }
    }
}
