// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.EntityTag;
import io.mirage4j.platform.Kv;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Entity tags by path, since a store that lives in files hashes them anew for each value.
final class Tags {
    static final int TAG_OCTETS = 16;
    private static final int MOST = 4096;

    private record Known(long size, Instant lastModified, EntityTag tag) {}

    private final Map<String, Known> known =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Known> e) {
                    return size() > MOST;
                }
            };

    EntityTag of(String key, Kv.Value value) throws IOException {
        Known found = get(key);
        if (found == null
                || found.size != value.size()
                || !found.lastModified.equals(value.lastModified())) {
            EntityTag tag = EntityTag.strong(hex(value.digest(), 0, TAG_OCTETS));
            found = new Known(value.size(), value.lastModified(), tag);
            put(key, found);
        }
        return found.tag;
    }

    private synchronized @Nullable Known get(String key) {
        return known.get(key);
    }

    private synchronized void put(String key, Known entry) {
        known.put(key, entry);
    }

    static String hex(ReadOnlyCstruct octets, int off, int count) {
        var out = new StringBuilder(2 * count);
        for (int i = 0; i < count; i++) {
            int octet = octets.u8(off + i);
            out.append(Character.forDigit(octet >> 4, 16));
            out.append(Character.forDigit(octet & 15, 16));
        }
        return out.toString();
    }
}
