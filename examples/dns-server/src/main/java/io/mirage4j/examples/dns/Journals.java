// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.update.JournalDisk;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Board;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/// Where zones are kept: a part of one disk for each, or a file for each in a folder of the system
/// below.
final class Journals {
    static final Block DISK =
            Block.named("journal")
                    .help("where zones are kept, as with --journal, for an image")
                    .exclusive()
                    .optional();

    private final Board board;
    private final Optional<String> folder;
    private final long octets;
    private final @Nullable JournalDisk disk;

    /// @param folder empty to keep zones on the disk, if there is one
    /// @throws IOException if the disk is there and can not be used
    Journals(Board board, Optional<String> folder, int mib) throws IOException {
        this.board = board;
        this.folder = folder;
        octets = (long) mib << 20;
        Optional<BlockDevice> device =
                folder.isPresent() ? Optional.empty() : board.openOptional(DISK);
        try {
            disk = device.isPresent() ? JournalDisk.open(device.get(), octets) : null;
        } catch (IOException e) {
            throw new IOException("block device 'journal': " + e.getMessage(), e);
        }
    }

    boolean areKept() {
        return folder.isPresent() || disk != null;
    }

    /// The journal of a zone; null if none are kept.
    @Nullable BlockDevice of(DnsName apex) throws IOException {
        if (disk != null) return disk.part(apex);
        if (folder.isEmpty()) return null;
        String path = folder.get() + "/" + fileName(apex) + ".journal";
        return board.file(path, octets)
                .orElseThrow(
                        () ->
                                new IOException(
                                        "no files here, so no --journal %s: give --block:journal"
                                                .formatted(path)));
    }

    /// The name's text, with what no file should be called written as `%XX`.
    private static String fileName(DnsName apex) {
        String text = apex.isRoot() ? "@" : apex.canonical().toString();
        var name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c > ' ' && c < 0x7f && c != '/' && c != '\\' && c != '%';
            if (plain) name.append(c);
            else name.append("%%%02x".formatted((int) c));
        }
        return name.toString();
    }
}
