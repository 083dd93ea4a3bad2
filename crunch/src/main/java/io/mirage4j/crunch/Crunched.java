// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// The content of directories, from a blob that was made of them. Values are windows into the blob;
/// finding one costs a perfect hash and a comparison of strings, and allocates nothing but for the
/// first time.
///
/// ```java
/// Kv site = CrunchResource.open(Website.class, "site.crunch");
/// Kv.Value page = site.find("index.html");
/// ```
///
/// Immutable; any thread may ask.
public final class Crunched implements Kv {
    private final Index index;

    /// By number, once it was asked for. Two threads may make the same one; each will do.
    private final @Nullable Entry[] entries;

    private record Entry(String path, Body body) {}

    private Crunched(Index index) {
        this.index = index;
        this.entries = new @Nullable Entry[index.entries];
    }

    /// The content of a blob, which stays where it is.
    ///
    /// @throws BadBlobException if it is none, or its index is damaged
    public static Crunched open(ReadOnlyCstruct blob) throws BadBlobException {
        return new Crunched(Index.open(blob));
    }

    /// How many values there are.
    public int size() {
        return entries.length;
    }

    @Override
    public @Nullable Value find(String path) {
        int hash = path.hashCode();
        int number = index.slot(hash);
        if (number < 0 || index.hash(number) != hash) return null;
        while (number >= 0) {
            Entry entry = entry(number);
            if (entry.path.equals(path)) return entry.body;
            int next = index.field(number, Format.E_NEXT) - 1;
            // A chain goes upwards, so that no blob can make a circle of one.
            number = next > number ? next : -1;
        }
        return null;
    }

    @Override
    public List<String> list(String folder) {
        return Kv.names(folder, this::ceiling);
    }

    /// The first path that is not before `text`, by the order of characters.
    private @Nullable String ceiling(String text) {
        int low = 0;
        int high = entries.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pathInOrder(middle).compareTo(text) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == entries.length ? null : pathInOrder(low);
    }

    private String pathInOrder(int place) {
        return entry(index.order.s32le(place * Integer.BYTES)).path;
    }

    private Entry entry(int number) {
        Entry known = entries[number];
        if (known != null) return known;
        Entry made = new Entry(index.path(number), body(number));
        entries[number] = made;
        return made;
    }

    private Body body(int number) {
        Instant modified = Instant.ofEpochMilli(index.modified(number));
        String type = index.type(index.field(number, Format.E_TYPE));
        return new Body(
                index,
                index.field(number, Format.E_BODY),
                modified,
                type,
                variant(index.field(number, Format.E_GZIP), modified, type),
                variant(index.field(number, Format.E_BROTLI), modified, type));
    }

    private @Nullable Body variant(int numberAndOne, Instant modified, String type) {
        return numberAndOne == 0
                ? null
                : new Body(index, numberAndOne - 1, modified, type, null, null);
    }
}
