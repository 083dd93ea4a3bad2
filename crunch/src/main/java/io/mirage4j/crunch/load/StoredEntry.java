// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.load;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/// Where in a jar the octets of an entry lie that was stored without compression (APPNOTE.TXT of
/// the ZIP format, 4.3). An archive that is not of the plain kind, as one of ZIP64, has none.
record StoredEntry(long at, long length) {
    private static final int END = 0x0605_4b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int CENTRAL = 0x0201_4b50;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL = 0x0403_4b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int MOST_DIRECTORY = 1 << 26;
    private static final int STORED = 0;

    static @Nullable StoredEntry find(FileChannel jar, String name) throws IOException {
        long tailAt = Math.max(0, jar.size() - END_LENGTH - LONGEST_COMMENT);
        ByteBuffer tail = read(jar, tailAt, (int) (jar.size() - tailAt));
        int end = tail.limit() - END_LENGTH;
        while (end >= 0 && tail.getInt(end) != END) {
            end--;
        }
        if (end < 0) return null;
        long length = Integer.toUnsignedLong(tail.getInt(end + 12));
        long at = Integer.toUnsignedLong(tail.getInt(end + 16));
        if (length > MOST_DIRECTORY || at + length > jar.size()) return null;
        return inDirectory(jar, read(jar, at, (int) length), name.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable StoredEntry inDirectory(
            FileChannel jar, ByteBuffer directory, byte[] name) throws IOException {
        int at = 0;
        while (at <= directory.limit() - CENTRAL_LENGTH && directory.getInt(at) == CENTRAL) {
            int nameLength = u16(directory, at + 28);
            int next = at + CENTRAL_LENGTH + nameLength + u16(directory, at + 30);
            next += u16(directory, at + 32);
            int nameAt = at + CENTRAL_LENGTH;
            if (nameAt + nameLength <= directory.limit()
                    && nameLength == name.length
                    && directory.slice(nameAt, nameLength).equals(ByteBuffer.wrap(name))) {
                return u16(directory, at + 10) == STORED ? local(jar, directory, at) : null;
            }
            at = next;
        }
        return null;
    }

    private static @Nullable StoredEntry local(FileChannel jar, ByteBuffer directory, int at)
            throws IOException {
        long length = Integer.toUnsignedLong(directory.getInt(at + 24));
        long header = Integer.toUnsignedLong(directory.getInt(at + 42));
        if (header + LOCAL_LENGTH > jar.size()) return null;
        ByteBuffer local = read(jar, header, LOCAL_LENGTH);
        long octets = header + LOCAL_LENGTH + u16(local, 26) + u16(local, 28);
        boolean isPlain = local.getInt(0) == LOCAL && octets + length <= jar.size();
        return isPlain ? new StoredEntry(octets, length) : null;
    }

    private static int u16(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private static ByteBuffer read(FileChannel jar, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (jar.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the jar ends at " + (at + buffer.position()));
            }
        }
        return buffer.flip();
    }
}
