// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.unikernel.Board;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/// The files in which zones are kept, one for each in one folder of the system below.
final class Journals {
    private final Board board;
    private final Optional<String> folder;
    private final long octets;

    Journals(Board board, Optional<String> folder, int mib) {
        this.board = board;
        this.folder = folder;
        octets = (long) mib << 20;
    }

    boolean areKept() {
        return folder.isPresent();
    }

    /// The journal of a zone; null if none are kept.
    @Nullable BlockDevice of(DnsName apex) throws IOException {
        if (folder.isEmpty()) return null;
        String path = folder.get() + "/" + fileName(apex) + ".journal";
        return board.file(path, octets)
                .orElseThrow(() -> new IOException("no files here, so no --journal " + path));
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
