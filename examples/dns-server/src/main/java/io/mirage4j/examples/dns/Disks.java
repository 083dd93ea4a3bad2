// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.host.linux.FileBlockDevice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files in which zones are kept, one for each in one folder. They take up no more space than
/// is written to them.
final class Disks {
    private static final int SECTOR = 4096;

    private final @Nullable Path folder;
    private final long sectors;

    Disks(@Nullable Path folder, int mib) throws IOException {
        this.folder = folder == null ? null : Files.createDirectories(folder);
        sectors = ((long) mib << 20) / SECTOR;
    }

    /// The disk of a zone; null if none are kept.
    @Nullable BlockDevice of(DnsName apex) throws IOException {
        if (folder == null) return null;
        Path file = folder.resolve(fileName(apex) + ".journal");
        return Files.exists(file)
                ? FileBlockDevice.open(file, SECTOR)
                : FileBlockDevice.create(file, SECTOR, sectors);
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
