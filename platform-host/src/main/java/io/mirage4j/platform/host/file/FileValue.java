// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.file;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.Sha256;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/// A file as it was when it was found. Each read opens it anew, unless it goes on in a long file:
/// then the file stays open until its end was read, or nobody holds the value.
final class FileValue implements Kv.Value {
    private static final int CHUNK = 1 << 16;

    private final Path root;
    private final List<Path> segments;
    private final Identity identity;
    private @Nullable FileChannel kept;
    private @Nullable ReadOnlyCstruct digest;

    FileValue(Path root, List<Path> segments, Identity identity) {
        this.root = root;
        this.segments = segments;
        this.identity = identity;
    }

    @Override
    public long size() {
        return identity.size();
    }

    @Override
    public Instant lastModified() {
        return identity.lastModified().toInstant();
    }

    @Override
    public ReadOnlyCstruct read(long off, int len) throws IOException {
        if (len < 0 || off < 0 || off > size() - len) {
            throw outside(off, len);
        }
        Cstruct copy = Cstruct.create(len);
        read(off, copy);
        return copy.readOnly();
    }

    @Override
    public synchronized void read(long off, Cstruct target) throws IOException {
        int len = target.length();
        if (off < 0 || off > size() - len) {
            throw outside(off, len);
        }
        ByteBuffer buffer = target.asByteBuffer();
        FileChannel channel = kept;
        kept = null;
        try {
            if (channel == null || !channel.isOpen()) {
                channel = open();
            }
            fill(channel, off, buffer);
            checkUnchanged();
            if (off + len < size()) {
                kept = channel;
            }
        } finally {
            if (kept == null && channel != null) {
                channel.close();
            }
        }
    }

    private void fill(FileChannel channel, long off, ByteBuffer target) throws IOException {
        try {
            for (long at = off; target.hasRemaining(); ) {
                int count = channel.read(target, at);
                if (count < 0) {
                    throw changed();
                }
                at += count;
            }
        } catch (ClosedChannelException e) {
            // An interrupt closes a file under its reader.
            var interrupted = new java.io.InterruptedIOException("read was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private FileChannel open() throws IOException {
        Path name = segments.getLast();
        try (Folder folder = folder()) {
            if (!identity.equals(folder.identityOf(name))) {
                throw changed();
            }
            return folder.openFile(name);
        }
    }

    private void checkUnchanged() throws IOException {
        try (Folder folder = folder()) {
            if (!identity.equals(folder.identityOf(segments.getLast()))) {
                throw changed();
            }
        }
    }

    private Folder folder() throws IOException {
        Folder folder = Folder.open(root, segments.subList(0, segments.size() - 1));
        if (folder == null) {
            throw changed();
        }
        return folder;
    }

    @Override
    public synchronized ReadOnlyCstruct digest() throws IOException {
        ReadOnlyCstruct known = digest;
        if (known == null) {
            known = Cstruct.of(sha256()).readOnly();
            digest = known;
        }
        return known;
    }

    private byte[] sha256() throws IOException {
        MessageDigest sha256 = Sha256.begin();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, size())));
        try (FileChannel channel = open()) {
            for (long at = 0; at < size(); ) {
                chunk.clear().limit((int) Math.min(chunk.capacity(), size() - at));
                fill(channel, at, chunk);
                at += chunk.position();
                sha256.update(chunk.flip());
            }
        }
        checkUnchanged();
        return sha256.digest();
    }

    private IOException changed() {
        return new IOException(root.resolve(joined()) + " has changed since it was found");
    }

    private Path joined() {
        Path path = segments.getFirst();
        for (Path segment : segments.subList(1, segments.size())) {
            path = path.resolve(segment);
        }
        return path;
    }

    private IndexOutOfBoundsException outside(long off, int len) {
        return new IndexOutOfBoundsException("offset " + off + " + length " + len + " > " + size());
    }
}
