// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.file;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;

/// Files that were read in part and stay open for the reads to come. Whoever asks for the first
/// octet of many files must not use up the descriptors of the program, so of more than [#MOST] the
/// one that was not read for longest is closed.
final class KeptFiles {
    static final int MOST = 64;

    private final LinkedHashMap<FileValue, FileChannel> open = new LinkedHashMap<>();

    /// The open file of `value`, which is the caller's until it is kept again.
    synchronized @Nullable FileChannel take(FileValue value) {
        return open.remove(value);
    }

    void keep(FileValue value, FileChannel channel) throws IOException {
        FileChannel eldest = null;
        synchronized (this) {
            open.put(value, channel);
            if (open.size() > MOST) {
                eldest = open.pollFirstEntry().getValue();
            }
        }
        if (eldest != null) {
            eldest.close();
        }
    }
}
