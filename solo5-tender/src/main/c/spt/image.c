// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "spt.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    TARGET_SPT = 2,
    ABI_VERSION = 2,
    ABI_NOTE = 0x31494241,      // "ABI1"
    MANIFEST_NOTE = 0x3154464d, // "MFT1"
    MANIFEST_PADDING = 4,       // makes it 8-aligned in the note
};

struct note_head {
    uint32_t name_octets;
    uint32_t octets;
    uint32_t type;
    char name[8];
};

static Elf64_Ehdr head;
static Elf64_Phdr *program;

// Reads all of it, or says how much there was.
static size_t read_at(const struct image *image, void *target, size_t octets, uint64_t offset) {
    size_t done = 0;
    while (done < octets && offset + done <= INT64_MAX) {
        ssize_t got = pread(image->descriptor, (char *)target + done, octets - done, offset + done);
        if (got == 0)
            break;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            refuse_errno("%s", image->name);
        done += got;
    }
    return done;
}

#define GIVE_AN_IMAGE "; give an image that was linked for a tender on x86-64"

static void expect(const struct image *image, const char *field, uint64_t value, uint64_t wanted) {
    if (value != wanted)
        refuse("%s: ELF file has %s %lu, not %lu" GIVE_AN_IMAGE, image->name, field, value, wanted);
}

static void read_head(const struct image *image) {
    size_t got = read_at(image, &head, sizeof head, 0);
    if (got < sizeof head)
        refuse("%s: ELF file of %zu octets is too short, the head has 64" GIVE_AN_IMAGE, image->name,
               got);
    if (memcmp(head.e_ident, ELFMAG, SELFMAG) != 0)
        refuse("%s: ELF file does not begin with 7f 'ELF'" GIVE_AN_IMAGE, image->name);
    expect(image, "class", head.e_ident[EI_CLASS], ELFCLASS64);
    expect(image, "byte order", head.e_ident[EI_DATA], ELFDATA2LSB);
    expect(image, "type", head.e_type, ET_EXEC);
    expect(image, "machine", head.e_machine, EM_X86_64);
    expect(image, "version", head.e_version, EV_CURRENT);
    expect(image, "size of the head", head.e_ehsize, sizeof head);
    expect(image, "size of a program header", head.e_phentsize, sizeof *program);
    if (head.e_phnum == 0)
        refuse("%s: ELF file has no program header" GIVE_AN_IMAGE, image->name);
    size_t octets = head.e_phnum * sizeof *program;
    program = malloc(octets);
    if (!program || read_at(image, program, octets, head.e_phoff) < octets)
        refuse("%s: ELF file ends before its %u program headers at %lu" GIVE_AN_IMAGE, image->name,
               head.e_phnum, head.e_phoff);
}

// Reads the descriptor of the first note of that type, `least` to `most` octets, and returns how
// many there are. Of each segment only the first note is looked at.
static size_t read_note(const struct image *image, const char *what, uint32_t type, void *target,
                        size_t least, size_t most) {
    for (int i = 0; i < head.e_phnum; i++) {
        struct note_head note;
        uint64_t octets = program[i].p_filesz;
        if (program[i].p_type != PT_NOTE)
            continue;
        if (octets < 12)
            refuse("%s: note segment %d of %lu octets is too short, a head has 12; build the image "
                   "again",
                   image->name, i, octets);
        if (octets < sizeof note ||
            read_at(image, &note, sizeof note, program[i].p_offset) < sizeof note ||
            note.name_octets != 6 || memcmp(note.name, "Solo5", 6) != 0 || note.type != type)
            continue;
        if (note.octets < least || note.octets > most || note.octets > octets - sizeof note)
            refuse("%s: %s note says %u octets; %zu to %zu are allowed and %lu are there; build the "
                   "image again",
                   image->name, what, note.octets, least, most, octets - sizeof note);
        size_t got = read_at(image, target, note.octets, program[i].p_offset + sizeof note);
        if (got < note.octets)
            refuse("%s: %s note of %u octets ends after %zu; build the image again", image->name,
                   what, note.octets, got);
        return note.octets;
    }
    refuse("%s: no %s note of Solo5" GIVE_AN_IMAGE, image->name, what);
}

static void check_abi(const struct image *image) {
    static const char *const words[] = {"?", "hvt", "spt", "virtio", "muen", "genode", "xen"};
    uint32_t abi[8];
    read_note(image, "ABI", ABI_NOTE, abi, 16, sizeof abi);
    if (abi[0] != TARGET_SPT)
        refuse("%s: image is for %s (%u), not for spt; run it there, or build it with --target spt",
               image->name, abi[0] < 7 ? words[abi[0]] : "?", abi[0]);
    if (abi[1] != ABI_VERSION)
        refuse("%s: image speaks version %u of the interface of spt, not %d; build it again",
               image->name, abi[1], ABI_VERSION);
}

bool is_name(const char *name) {
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    return length > 0 && length < NAME_OCTETS && name[length] == 0;
}

static _Noreturn void refuse_entry(const struct image *image, const char *what, uint32_t index) {
    refuse("%s: manifest %s in entry %u; build the image again with its manifest note", image->name,
           what, index);
}

static void check_entry(const struct image *image, uint32_t index) {
    const struct entry *entry = &image->manifest.entry[index];
    if (entry->name[NAME_OCTETS - 1] != 0)
        refuse_entry(image, "has a name without an end", index);
    if (entry->attached)
        refuse_entry(image, "says in the file that a device is attached", index);
    if (entry->type >= RESERVED)
        return; // not a device, whatever it is
    if (entry->type != BLOCK && entry->type != NETWORK)
        refuse_entry(image, "wants a device of unknown type", index);
    if (!is_name(entry->name))
        refuse_entry(image, "has a name that is not [A-Za-z0-9]+", index);
    for (uint32_t i = 0; i < index; i++)
        if (image->manifest.entry[i].type == entry->type &&
            strcmp(image->manifest.entry[i].name, entry->name) == 0)
            refuse_entry(image, "declares a device for the second time", index);
}

static void read_manifest(struct image *image) {
    static struct {
        uint8_t padding[MANIFEST_PADDING];
        uint8_t octets[sizeof(struct manifest)];
    } note;
    struct manifest *manifest = &image->manifest;
    size_t octets = read_note(image, "manifest", MANIFEST_NOTE, &note, MANIFEST_PADDING + 8,
                              sizeof note) - MANIFEST_PADDING;
    memcpy(manifest, note.octets, octets);
    if (manifest->version != 1)
        refuse("%s: manifest has version %u, not 1; build the image again", image->name,
               manifest->version);
    if (manifest->entries < 1 || manifest->entries > MOST_ENTRIES)
        refuse("%s: manifest has %u entries, not 1 to 64; build the image again", image->name,
               manifest->entries);
    if (octets != manifest_octets(manifest))
        refuse("%s: manifest of %u entries has %zu octets, not %zu; build the image again",
               image->name, manifest->entries, octets, manifest_octets(manifest));
    if (manifest->entry[0].type != RESERVED || manifest->entry[0].name[0] != 0)
        refuse("%s: manifest does not begin with the reserved entry without a name; build the "
               "image again",
               image->name);
    for (uint32_t i = 0; i < manifest->entries; i++)
        check_entry(image, i);
}

void image_open(struct image *image, const char *name) {
    image->name = name;
    image->descriptor = open(name, O_RDONLY | O_CLOEXEC);
    if (image->descriptor < 0)
        refuse_errno("%s", name);
    read_head(image);
    check_abi(image);
    read_manifest(image);
    image->entry = head.e_entry;
}

// Checks one segment against all rules; `start` and `end` become those of its pages.
static void check_segment(const struct image *image, int index, uint64_t memory, uint64_t *start,
                          uint64_t *end) {
    const Elf64_Phdr *s = &program[index];
    if (s->p_vaddr < LOWEST_IMAGE_ADDRESS)
        refuse("%s: segment %d is at 0x%lx, below 0x100000; link the image again", image->name,
               index, s->p_vaddr);
    if (s->p_align == 0 || (s->p_align & (s->p_align - 1)) != 0)
        refuse("%s: segment %d has alignment 0x%lx, not a power of two; link the image again",
               image->name, index, s->p_align);
    if (s->p_memsz < s->p_filesz)
        refuse("%s: segment %d has 0x%lx octets of memory for 0x%lx of the file; link the image "
               "again",
               image->name, index, s->p_memsz, s->p_filesz);
    // Memory is far smaller than 2^62, so none of these sums can wrap unseen.
    if (s->p_vaddr >= memory || s->p_memsz > memory - s->p_vaddr)
        refuse("%s: segment %d at 0x%lx of 0x%lx octets does not fit into memory of 0x%lx; give "
               "more by --mem",
               image->name, index, s->p_vaddr, s->p_memsz, memory);
    uint64_t unaligned = s->p_vaddr + s->p_memsz;
    *start = s->p_vaddr & -s->p_align;
    *end = (unaligned + (s->p_align - 1)) & -s->p_align;
    if (*end < unaligned || *end > memory)
        refuse("%s: segment %d ends at 0x%lx with alignment 0x%lx, behind memory of 0x%lx; give "
               "more by --mem",
               image->name, index, unaligned, s->p_align, memory);
    if (*start % PAGE_OCTETS != 0 || *end % PAGE_OCTETS != 0)
        refuse("%s: segment %d lies in 0x%lx..0x%lx, not in whole pages of 0x1000; link the image "
               "again",
               image->name, index, *start, *end);
    if ((s->p_flags & PF_W) && (s->p_flags & PF_X))
        refuse("%s: segment %d is to be both written and executed; link the image again",
               image->name, index);
}

// The whole pages of a segment, mapped out of the file: what the guest never touches is never read,
// and what it writes to becomes its own. How many octets; 0 where the file can not be mapped, as
// where nothing may be executed.
static size_t map_pages(const struct image *image, const Elf64_Phdr *s, int protection) {
    struct stat file;
    size_t whole = s->p_filesz & -(size_t)PAGE_OCTETS;
    if (whole == 0 || s->p_vaddr % PAGE_OCTETS != 0 || s->p_offset % PAGE_OCTETS != 0 ||
        fstat(image->descriptor, &file) < 0 || s->p_offset > (uint64_t)file.st_size ||
        s->p_filesz > file.st_size - s->p_offset) // the rest of a page behind its end is no memory
        return 0;
    // Code is what starts: its pages come along at once instead of a fault for some of them each.
    int flags = MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE | (protection & PROT_EXEC ? MAP_POPULATE : 0);
    void *mapped =
        mmap((void *)s->p_vaddr, whole, protection, flags, image->descriptor, s->p_offset);
    return mapped == MAP_FAILED ? 0 : whole;
}

// Its octets at its address; what could not be mapped is copied.
static void fill_segment(const struct image *image, int index, int protection) {
    const Elf64_Phdr *s = &program[index];
    size_t done = map_pages(image, s, protection);
    done += read_at(image, (char *)s->p_vaddr + done, s->p_filesz - done, s->p_offset + done);
    if (done < s->p_filesz)
        refuse("%s: segment %d has 0x%lx octets at 0x%lx, the file has 0x%zx of them; build the image "
               "again",
               image->name, index, s->p_filesz, s->p_offset, done);
}

uint64_t image_load(const struct image *image, uint64_t memory) {
    uint64_t last = 0;
    uint64_t loaded = LOWEST_IMAGE_ADDRESS;
    bool any = false;
    if (image->entry < LOWEST_IMAGE_ADDRESS || image->entry >= memory)
        refuse("%s: entry 0x%lx is not in 0x100000..0x%lx; %s", image->name, image->entry, memory,
               (int64_t)image->entry < LOWEST_IMAGE_ADDRESS ? "link the image again"
                                                            : "give more by --mem");
    for (int i = 0; i < head.e_phnum; i++) {
        const Elf64_Phdr *s = &program[i];
        uint64_t start;
        uint64_t end;
        if (s->p_type != PT_LOAD || s->p_filesz == 0)
            continue;
        check_segment(image, i, memory, &start, &end);
        if (s->p_vaddr < last)
            refuse("%s: segment %d at 0x%lx does not ascend, the one before is at 0x%lx; link the "
                   "image again",
                   image->name, i, s->p_vaddr, last);
        if (start < loaded)
            refuse("%s: segment %d begins at 0x%lx, below 0x%lx where it may; link the image again",
                   image->name, i, start, loaded);
        int protection = (s->p_flags & PF_R ? PROT_READ : 0) | (s->p_flags & PF_W ? PROT_WRITE : 0) |
                         (s->p_flags & PF_X ? PROT_EXEC : 0);
        fill_segment(image, i, protection);
        if (mprotect((void *)start, end - start, protection) < 0)
            refuse_errno("%s: protection of segment %d", image->name, i);
        last = s->p_vaddr;
        loaded = end;
        any = true;
    }
    free(program);
    close(image->descriptor);
    return any ? loaded : 0;
}
