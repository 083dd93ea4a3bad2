// SPDX-License-Identifier: Apache-2.0
// The spt tender: a Solo5 image as a Linux process that may do next to nothing.
//
//   main.c      the command line, the order of things, the jump
//   image.c     ELF, notes, manifest: what is refused, and loading
//   devices.c   TAP interfaces and files
//   filter.c    the system calls that are left
#ifndef SPT_H
#define SPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "manifest.h"

enum {
    LOWEST_IMAGE_ADDRESS = 0x100000,
    MEMORY_START = 0x10000, // the kernel maps nothing below
    PAGE_OCTETS = 4096,
    BLOCK = 1, // types of entries
    NETWORK = 2,
    RESERVED = 0x40000000,
};

// How many octets of a manifest are used.
static inline size_t manifest_octets(const struct manifest *manifest) {
    return 8 + manifest->entries * sizeof(struct entry);
}

// One line on the standard error, then exit 1.
_Noreturn void refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
// The same with the error of the last system call at the end.
_Noreturn void refuse_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));

struct image {
    const char *name;
    int descriptor;
    uint64_t entry;
    struct manifest manifest;
};

void image_open(struct image *image, const char *name);
// Puts the segments at their addresses and protects them; returns the end of the last. The file must
// not be changed while the guest runs: a new one in its place is no change.
uint64_t image_load(const struct image *image, uint64_t memory_octets);

struct options {
    uint64_t megabytes;
    bool executable_heap;
    bool dry_run; // load and attach, but do not start
    int attachments;
    struct attachment {
        const char *word; // the whole option, for messages
        enum { NET, NET_MAC, BLOCK_FILE, BLOCK_SECTOR } kind;
        char name[NAME_OCTETS];
        const char *value;
    } attachment[4 * MOST_ENTRIES];
};

bool is_name(const char *name);
// Attaches what the options say and the manifest declares, all of it.
void devices_attach(struct manifest *manifest, const struct options *options);

// From here on every other system call kills the process.
void filter_install(const struct manifest *manifest, int epoll, int timer);

#endif
