// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.Sha256;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/// A file as it was when it was found. Each read opens it anew, unless it goes on in a long file:
/// then the file stays open, as one of the [KeptFiles], until its end was read. A short one keeps
/// its octets, and is looked up again before they are given out.
final class FileValue implements Kv.Value {
    private static final int CHUNK = 1 << 16;
    private static final int SHORT = 1 << 16;
    private static final int SETTLED_SECONDS = 2;

    private final DirectoryKv kv;
    private final List<Path> segments;
    private final Identity identity;
    private volatile @Nullable ReadOnlyCstruct octets; // of a short one, once they were read
    private @Nullable ReadOnlyCstruct digest;

    FileValue(DirectoryKv kv, List<Path> segments, Identity identity) {
        this.kv = kv;
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
    public Kv.@Nullable Value encoded(String coding) throws IOException {
        String ending =
                switch (coding) {
                    case "gzip" -> ".gz";
                    case "br" -> ".br";
                    default -> "";
                };
        // Most have none, and to ask for it so is cheap.
        if (ending.isEmpty() || !Files.exists(Path.of(path() + ending), NOFOLLOW_LINKS)) {
            return null;
        }
        String key = String.join("/", segments.stream().map(Path::toString).toList());
        Kv.Value found = kv.find(key + ending);
        return found == null || found.lastModified().isBefore(lastModified()) ? null : found;
    }

    @Override
    public ReadOnlyCstruct read(long off, int len) throws IOException {
        if (len < 0 || off < 0 || off > size() - len) throw outside(off, len);
        ReadOnlyCstruct known = octets;
        if (known != null) {
            checkUnchanged();
            return known.sub((int) off, len);
        }
        Cstruct copy = Cstruct.create(len);
        read(off, copy);
        ReadOnlyCstruct found = copy.readOnly();
        if (len == size() && isShort()) {
            octets = found;
        }
        return found;
    }

    private boolean isShort() {
        return size() <= SHORT;
    }

    /// Whether it is short, and so old that another edit could not have the same time.
    boolean isWorthKnowing() {
        return isShort() && lastModified().isBefore(Instant.now().minusSeconds(SETTLED_SECONDS));
    }

    /// Whether its name still leads to the same file, unchanged, and through no link.
    boolean isCurrent() {
        Path path = kv.root;
        try {
            for (Path segment : segments.subList(0, segments.size() - 1)) {
                path = path.resolve(segment);
                if (!attributes(path).isDirectory()) return false;
            }
            return identity.equals(Identity.of(attributes(path())));
        } catch (IOException e) {
            return false; // who looks for it anew finds out why
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
    }

    @Override
    public synchronized void read(long off, Cstruct target) throws IOException {
        int len = target.length();
        if (off < 0 || off > size() - len) throw outside(off, len);
        ByteBuffer buffer = target.asByteBuffer();
        FileChannel channel = kv.kept.take(this);
        boolean goesOn = false;
        try {
            if (channel == null || !channel.isOpen()) {
                channel = open();
            }
            fill(channel, off, buffer);
            checkUnchanged();
            goesOn = off + len < size();
        } finally {
            if (goesOn && channel != null) {
                kv.kept.keep(this, channel);
            } else if (channel != null) {
                channel.close();
            }
        }
    }

    private void fill(FileChannel channel, long off, ByteBuffer target) throws IOException {
        try {
            for (long at = off; target.hasRemaining(); ) {
                int count = channel.read(target, at);
                if (count < 0) throw changed();
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
        try (Folder folder = Folder.open(kv.root, segments.subList(0, segments.size() - 1))) {
            if (folder == null || !identity.equals(folder.identityOf(name))) throw changed();
            return folder.openFile(name);
        }
    }

    /// Looks the whole path up at once, which a link on the way would not mislead: an identity is
    /// the file's own.
    private void checkUnchanged() throws IOException {
        BasicFileAttributes now;
        try {
            now = attributes(path());
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw changed();
        }
        if (!identity.equals(Identity.of(now))) throw changed();
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
        return new IOException(path() + " has changed since it was found");
    }

    private Path path() {
        Path path = kv.root;
        for (Path segment : segments) {
            path = path.resolve(segment);
        }
        return path;
    }

    private IndexOutOfBoundsException outside(long off, int len) {
        return new IndexOutOfBoundsException("offset " + off + " + length " + len + " > " + size());
    }
}
