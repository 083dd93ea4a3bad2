// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// An executable made for a tender: where it begins, what it wants, and its octets. What does not
/// depend on the size of a guest's memory has been checked; [#segments] checks the rest.
public final class Image {
    /// Below it nothing is loaded: there lies what the tender tells the guest.
    public static final long LOWEST_ADDRESS = 0x100000;

    private final String name;
    private final ReadOnlyCstruct file;
    private final ElfHeader header;
    private final Target target;
    private final Manifest manifest;

    private Image(
            String name, ReadOnlyCstruct file, ElfHeader header, Target target, Manifest manifest) {
        this.name = name;
        this.file = file;
        this.header = header;
        this.target = target;
        this.manifest = manifest;
    }

    /// Reads an image for `target` from a file, which is mapped: leave it as it is while the image
    /// is used.
    public static Image read(Path path, Target target) throws IOException, RefusedException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                throw new RefusedException(
                        "%s: file of %d octets, an image has less than 2^31".formatted(path, size));
            }
            MemorySegment segment =
                    size == 0
                            ? MemorySegment.NULL
                            : channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
            return parse(path.toString(), ReadOnlyCstruct.of(segment), target);
        } catch (NoSuchFileException e) {
            throw new IOException(path + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException(path + ": no permission to read it", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(path) ? "is a directory" : e.getMessage();
            throw new IOException(path + ": " + reason + "; give the file of an image", e);
        }
    }

    /// Reads an image for `target` from octets, which it keeps. `name` stands in messages.
    public static Image parse(String name, ReadOnlyCstruct file, Target target)
            throws RefusedException {
        ElfHeader header = ElfHeader.parse(name, file);
        Notes.checkAbi(name, file, header, target);
        return new Image(name, file, header, target, Notes.manifest(name, file, header));
    }

    public String name() {
        return name;
    }

    public Target target() {
        return target;
    }

    public Manifest manifest() {
        return manifest;
    }

    /// The address of its first instruction.
    public long entry() {
        return header.entry();
    }

    /// Where a guest with so much memory has what, ascending.
    ///
    /// @throws RefusedException if the image does not fit, or breaks a rule of loading
    public List<Segment> segments(long memoryOctets) throws RefusedException {
        return Segments.layOut(name, file, header, memoryOctets);
    }

    /// The octets of a segment.
    public ReadOnlyCstruct octets(Segment segment) {
        return file.sub((int) segment.fileOffset(), segment.fileOctets());
    }
}
