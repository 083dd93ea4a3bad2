// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Values by path, to be read: content in an image, a directory, a disk. Any thread may ask.
///
/// A path is segments with `/` between them, as `css/site.css`: none is empty, `.` or `..`, and
/// there is no NUL. Any other text is no path and names nothing, so what came from a stranger may
/// be asked for as it is.
public interface Kv {
    /// The value at `path`, or null if there is none.
    ///
    /// @throws IOException if that can not be told
    @Nullable Value find(String path) throws IOException;

    /// The names in `folder` in the order of their characters, those of folders with a `/` behind
    /// them. The root is `""`. Empty if there is no such folder.
    ///
    /// @throws IOException if that can not be told
    List<String> list(String folder) throws IOException;

    /// Tells whether `text` is a path.
    static boolean isPath(String text) {
        int start = 0;
        while (true) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            if (!isSegment(text, start, end)) {
                return false;
            }
            if (slash < 0) {
                return text.indexOf('\0') < 0;
            }
            start = slash + 1;
        }
    }

    private static boolean isSegment(String text, int start, int end) {
        return switch (end - start) {
            case 0 -> false;
            case 1 -> text.charAt(start) != '.';
            case 2 -> !text.startsWith("..", start);
            default -> true;
        };
    }

    /// One value as it was when it was found: size, digest and octets belong together. When what is
    /// below has changed since, the readers fail instead of mixing old and new.
    interface Value {
        long size();

        /// The SHA-256 of the octets; the caller may keep the window.
        ///
        /// @throws IOException if the octets can not be read, or are other ones now
        ReadOnlyCstruct digest() throws IOException;

        Instant lastModified();

        /// The `len` octets from `off`: a window over the value itself where it is in memory, over
        /// a copy otherwise. It stays valid as long as somebody holds it.
        ///
        /// @throws IndexOutOfBoundsException if the value does not have them
        /// @throws IOException if the octets can not be read, or are other ones now
        ReadOnlyCstruct read(long off, int len) throws IOException;
    }
}
