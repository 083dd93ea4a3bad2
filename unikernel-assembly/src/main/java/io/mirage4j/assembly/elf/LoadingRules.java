// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.elf;

import io.mirage4j.assembly.elf.Elf.Note;
import io.mirage4j.assembly.elf.Elf.Segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the tenders of Solo5 want of an image, rule by rule: its segments, its two notes, its
/// manifest. An image that keeps them all is started by any tender of its target.
public final class LoadingRules {
    /// Below it lies what the tender tells the guest.
    public static final long LOWEST_ADDRESS = 0x100000;

    public static final int NOTE_ABI = 0x31494241;
    public static final int NOTE_MANIFEST = 0x3154464d;

    private static final int PAGE = 4096;
    private static final int ENTRY = 104;
    private static final int MAX_ENTRIES = 64;
    private static final int RESERVED = 0x40000000;
    private static final int BLOCK = 1;
    private static final int NETWORK = 2;
    private static final int NAME_OCTETS = 68;
    private static final int ATTACHED = 96;

    private final Elf image;
    private final List<String> faults = new ArrayList<>();

    private LoadingRules(Elf image) {
        this.image = image;
    }

    /// What is wrong with an image for the tender of that number and version, with so much memory;
    /// nothing if it is in order.
    public static List<String> faults(Elf image, int target, int version, long memoryOctets) {
        var rules = new LoadingRules(image);
        rules.header(memoryOctets);
        rules.segments(memoryOctets);
        rules.abi(target, version);
        rules.manifest();
        return List.copyOf(rules.faults);
    }

    private void header(long memoryOctets) {
        require(image.type() == Elf.EXECUTABLE, "type " + image.type() + " is not EXEC");
        require(image.machine() == Elf.X86_64, "machine " + image.machine() + " is not x86-64");
        require(
                image.entry() >= LOWEST_ADDRESS && image.entry() < memoryOctets,
                "entry %#x is not in %#x..%#x"
                        .formatted(image.entry(), LOWEST_ADDRESS, memoryOctets));
    }

    private void segments(long memoryOctets) {
        long end = LOWEST_ADDRESS;
        for (Segment segment : image.segments(Segment.LOAD)) {
            if (segment.fileOctets() == 0) {
                continue; // tenders skip it: it is zero memory
            }
            String name = "segment at %#x".formatted(segment.address());
            require(segment.alignment() == PAGE, name + " is aligned to " + segment.alignment());
            require(segment.address() % PAGE == 0, name + " does not begin with a page");
            require(
                    segment.address() >= end,
                    name + " lies below %#x, where the one before ends".formatted(end));
            require(
                    segment.memoryOctets() >= segment.fileOctets(),
                    name + " has less memory than file");
            int both = Segment.WRITE | Segment.EXECUTE;
            require((segment.flags() & both) != both, name + " is writable and executable");
            end = segment.address() + segment.memoryOctets() + PAGE - 1 & -PAGE;
            require(end <= memoryOctets, name + " ends behind the memory");
        }
    }

    private void abi(int target, int version) {
        Optional<Note> note = note(NOTE_ABI, "ABI");
        if (note.isEmpty()) return;
        ByteBuffer abi = note.get().content();
        if (require(abi.remaining() == 16, "ABI note of " + abi.remaining() + " octets, not 16")) {
            require(abi.getInt(0) == target, "target " + abi.getInt(0) + " is not " + target);
            require(abi.getInt(4) == version, "version " + abi.getInt(4) + " is not " + version);
            require(abi.getLong(8) == 0, "reserved words of the ABI note are not 0");
        }
    }

    private void manifest() {
        Optional<Note> note = note(NOTE_MANIFEST, "manifest");
        if (note.isEmpty()) return;
        ByteBuffer content = note.get().content();
        if (!require(content.remaining() >= 12, "manifest note is cut off")) return;
        // Four octets of padding lead the structure to an 8-aligned place in the note.
        require(
                note.get().contentOffset() + 4 == 24,
                "manifest lies at " + (note.get().contentOffset() + 4) + " in its note, not at 24");
        ByteBuffer manifest = content.slice(4, content.remaining() - 4).order(content.order());
        int entries = manifest.getInt(4);
        require(manifest.getInt(0) == 1, "manifest version " + manifest.getInt(0) + " is not 1");
        if (require(
                        entries >= 1 && entries <= MAX_ENTRIES,
                        "manifest of " + entries + " entries, not 1..64")
                && require(
                        manifest.remaining() == 8 + ENTRY * entries,
                        "manifest of "
                                + manifest.remaining()
                                + " octets, not "
                                + (8 + ENTRY * entries))) {
            for (int i = 0; i < entries; i++) {
                entry(i, manifest.slice(8 + ENTRY * i, ENTRY).order(manifest.order()));
            }
        }
    }

    private void entry(int index, ByteBuffer entry) {
        int type = entry.getInt(NAME_OCTETS);
        String name = "manifest entry " + index;
        require(entry.get(NAME_OCTETS - 1) == 0, name + " has a name without an end");
        require(entry.get(ATTACHED) == 0, name + " is attached in the file");
        int length = 0;
        while (length < NAME_OCTETS && entry.get(length) != 0) {
            int c = entry.get(length++);
            require(c > 0 && Character.isLetterOrDigit(c), name + " has a name with " + c);
        }
        if (index == 0) {
            require(type == RESERVED && length == 0, name + " is not the reserved one");
        } else {
            require(type == BLOCK || type == NETWORK, name + " has type " + type);
            require(length > 0, name + " has no name");
        }
    }

    private Optional<Note> note(int type, String what) {
        List<Note> found =
                image.notes().stream()
                        .filter(note -> note.type() == type && note.name().equals("Solo5"))
                        .toList();
        require(
                found.size() == 1,
                found.size() + " " + what + " notes at the head of a segment, not 1");
        return found.stream().findFirst();
    }

    private boolean require(boolean kept, String fault) {
        if (!kept) {
            faults.add(fault);
        }
        return kept;
    }
}
