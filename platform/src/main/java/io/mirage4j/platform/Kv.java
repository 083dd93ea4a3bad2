// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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

    /// What [#list] gives, for a store whose paths are in the order of their characters: `ceiling`
    /// gives the first that is not before a text, or null.
    static List<String> names(String folder, Function<String, @Nullable String> ceiling) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        List<String> names = new ArrayList<>();
        String next = ceiling.apply(prefix);
        while (next != null && next.startsWith(prefix)) {
            int slash = next.indexOf('/', prefix.length());
            if (slash < 0) {
                names.add(next.substring(prefix.length()));
                next = ceiling.apply(next + '\0');
            } else {
                names.add(next.substring(prefix.length(), slash + 1));
                // '0' is the character behind '/': on to what follows this folder.
                next = ceiling.apply(next.substring(0, slash) + '0');
            }
        }
        names.sort(null);
        return names;
    }

    /// Tells whether `text` is a path.
    static boolean isPath(String text) {
        int start = 0;
        while (true) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            if (!isSegment(text, start, end)) return false;
            if (slash < 0) return text.indexOf('\0') < 0;
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

        /// The same in a content coding of HTTP (`gzip`, `br`), if the store has it so, else null.
        ///
        /// @throws IOException if that can not be told
        default @Nullable Value encoded(String coding) throws IOException {
            return null;
        }

        /// The media type, as `text/html; charset=utf-8`, if the store knows it, else null.
        default @Nullable String mediaType() {
            return null;
        }

        /// The `len` octets from `off`: a window over the value itself where it is in memory, over
        /// a copy otherwise. It stays valid as long as somebody holds it.
        ///
        /// @throws IndexOutOfBoundsException if the value does not have them
        /// @throws IOException if the octets can not be read, or are other ones now
        ReadOnlyCstruct read(long off, int len) throws IOException;

        /// Fills `target` with the octets from `off`: for who streams a long value through one
        /// buffer.
        ///
        /// @throws IndexOutOfBoundsException if the value does not have them
        /// @throws IOException if the octets can not be read, or are other ones now
        default void read(long off, Cstruct target) throws IOException {
            target.put(0, read(off, target.length()));
        }
    }
}
