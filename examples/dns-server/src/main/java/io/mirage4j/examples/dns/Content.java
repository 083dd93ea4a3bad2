// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.crunch.load.CrunchResource;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Board;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The files that the program reads: in the directories of the system below, or where there are
/// none on a disk.
final class Content {
    static final Block DISK =
            Block.named("content").help("zone files as a blob of `mirage crunch`, for an image");

    /// Where a file is.
    ///
    /// @param said the path as whoever runs the program said it
    record Place(Kv files, String path, String said) {
        Kv.Value file() throws IOException {
            Kv.Value file = files.find(path);
            if (file == null) throw new IOException("no file " + said);
            return file;
        }

        String text() throws IOException {
            Kv.Value file = file();
            byte[] octets = file.read(0, Math.toIntExact(file.size())).toByteArray();
            return new String(octets, StandardCharsets.UTF_8);
        }
    }

    private final Board board;
    private @Nullable Kv disk;

    Content(Board board) {
        this.board = board;
    }

    Place place(String file) throws IOException {
        int slash = file.lastIndexOf('/');
        Optional<Kv> folder = board.directory(slash < 0 ? "." : file.substring(0, slash + 1));
        if (folder.isPresent()) return new Place(folder.get(), file.substring(slash + 1), file);
        if (disk == null) {
            disk = CrunchResource.open(board.open(DISK));
        }
        return new Place(disk, file, file);
    }
}
