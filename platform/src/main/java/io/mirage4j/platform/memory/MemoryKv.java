// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.Sha256;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Values in a map. Any thread may ask and change; a value that was found stays as it was.
public final class MemoryKv implements Kv {
    private final NavigableMap<String, Value> values = new TreeMap<>();

    @Override
    public synchronized @Nullable Value find(String path) {
        return values.get(path);
    }

    @Override
    public synchronized List<String> list(String folder) {
        return Kv.names(folder, values::ceilingKey);
    }

    /// Sets the value at `path` to a copy of `contents`.
    ///
    /// @throws IllegalArgumentException if `path` is no path, or names a folder, or has a value
    ///   where a folder has to be
    public synchronized void put(String path, ReadOnlyCstruct contents, Instant lastModified) {
        if (!Kv.isPath(path)) throw new IllegalArgumentException("no path: '" + path + "'");
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            if (values.containsKey(folder)) {
                throw new IllegalArgumentException("'" + folder + "' is a value, no folder");
            }
        }
        if (!list(path).isEmpty()) throw new IllegalArgumentException("'" + path + "' is a folder");
        values.put(path, MemoryValue.of(contents, lastModified));
    }

    /// Sets the value at `path` to the UTF-8 octets of a text, last modified in 1970.
    public void put(String path, String contents) {
        put(path, ReadOnlyCstruct.of(contents), Instant.EPOCH);
    }

    /// Takes the value at `path` away, and tells whether there was one.
    public synchronized boolean remove(String path) {
        return values.remove(path) != null;
    }

    private record MemoryValue(
            ReadOnlyCstruct contents, ReadOnlyCstruct digest, Instant lastModified)
            implements Value {
        static MemoryValue of(ReadOnlyCstruct contents, Instant lastModified) {
            byte[] copy = contents.toByteArray();
            return new MemoryValue(Cstruct.of(copy).readOnly(), Sha256.of(copy), lastModified);
        }

        @Override
        public long size() {
            return contents.length();
        }

        @Override
        public ReadOnlyCstruct read(long off, int len) {
            if (off < 0 || len < 0 || off > size() - len) {
                throw new IndexOutOfBoundsException(
                        "offset " + off + " + length " + len + " > " + size());
            }
            return contents.sub((int) off, len);
        }
    }
}
