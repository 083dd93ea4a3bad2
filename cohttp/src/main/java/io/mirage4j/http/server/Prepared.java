// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.wire.HeadWriter;

import org.jspecify.annotations.Nullable;

/// A response that is ready to be sent, but for its date: what a [Shortcut] answers with.
public final class Prepared {
    private static final int MOST_OCTETS = Memory.OUTPUT_OCTETS - Desk.DATE_AND_MORE;
    private static final int MOST_OF_HEAD = 8 << 10;

    private final int status;

    /// The head without the line that ends it.
    private final ReadOnlyCstruct head;

    private final ReadOnlyCstruct content;

    private Prepared(int status, ReadOnlyCstruct head, ReadOnlyCstruct content) {
        this.status = status;
        this.head = head;
        this.content = content;
    }

    /// The response with its content, as octets that are sent as they are.
    ///
    /// @throws IllegalArgumentException if the head is more than 8 KiB, head and content are more
    ///   than a buffer of 16 KiB has room for, or the status has no content
    public static Prepared of(Response response, ReadOnlyCstruct content) {
        Prepared prepared = over(response, Cstruct.of(content.toByteArray()).readOnly());
        if (prepared == null) {
            throw new IllegalArgumentException(
                    "head %s + content %d > %d octets"
                            .formatted(response, content.length(), MOST_OCTETS));
        }
        return prepared;
    }

    /// As [#of], over octets that stay as they are; null where it is too long.
    static @Nullable Prepared over(Response response, ReadOnlyCstruct content) {
        int status = response.status();
        if (status < 200 || status == Status.NO_CONTENT || status == Status.NOT_MODIFIED) {
            throw new IllegalArgumentException("status " + status + " has no content");
        }
        var buffer = Cstruct.create(MOST_OF_HEAD);
        var writer = new HeadWriter(buffer).status(status, Status.reason(status));
        Fields fields = response.fields().toBuilder().remove("content-length").build();
        fields.writeTo(writer);
        int length = writer.contentLength(content.length()).end();
        if (!writer.fits() || content.length() > MOST_OCTETS - length) return null;
        var head = Cstruct.of(buffer.sub(0, length - 2).toByteArray()).readOnly();
        return new Prepared(status, head, content);
    }

    int status() {
        return status;
    }

    /// At least as many octets as [#writeTo] writes, without the lines it is given.
    int length() {
        return head.length() + content.length();
    }

    /// Writes all of it, with more lines at the end of the head, and returns the length.
    int writeTo(Cstruct out, String date, String moreLines, boolean withContent) {
        int at = head.length();
        head.copyTo(0, out, 0, at);
        at = text(out, at, "Date: ");
        at = text(out, at, date);
        at = text(out, at, moreLines);
        if (withContent) {
            content.copyTo(0, out, at, content.length());
            at += content.length();
        }
        return at;
    }

    private static int text(Cstruct out, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            out.putU8(at + i, text.charAt(i));
        }
        return at + text.length();
    }
}
