/* SPDX-License-Identifier: Apache-2.0 */
#include "loader.h"

#include "pages.h"

enum { STACK_OCTETS = 1 << 20, PVH_MAGIC = 0x336ec578, PVH_RAM = 1, MOST_RANGES = 1024 };

#define FOUR_GIGABYTES (1UL << 32)

extern char image_text_start[], image_end[];

/* PVH's start information, version 1 (xen/FACTS.md, 10). */
struct pvh_start_info {
    uint32_t magic, version, flags, modules;
    uint64_t module_list, command_line, rsdp, memory_map;
    uint32_t memory_ranges, reserved;
};

struct pvh_memory_range {
    uint64_t start, octets;
    uint32_t type, reserved;
};

void loader_add_memory(struct loader *loader, uint64_t start, uint64_t octets) {
    uint64_t end;
    if (__builtin_add_overflow(start, octets, &end) || end > FOUR_GIGABYTES) {
        end = FOUR_GIGABYTES;
    }
    if (start <= (uintptr_t)image_text_start && end > (uintptr_t)image_end) {
        loader->memory_end = end & -PAGE_OCTETS;
    }
}

/* Whether the first map has all of it. Page 0 is there too: QEMU keeps its table of memory in it. */
static bool is_mapped(uint64_t address, uint64_t octets) {
    return address < FOUR_GIGABYTES && octets <= FOUR_GIGABYTES - address;
}

void loader_set_command_line(struct loader *loader, uint64_t address, bool begins_with_file) {
    size_t at = 0;
    bool skips = begins_with_file;
    for (; address != 0 && is_mapped(address, 1) && at + 1 < sizeof loader->command_line; address++) {
        char next = *(const char *)address;
        if (next == 0) {
            break;
        }
        skips = skips && next != ' ';
        if (!skips) {
            loader->command_line[at++] = next;
        }
    }
    loader->command_line[at] = 0;
}

bool loader_read_pvh(struct loader *loader, uint32_t start_info) {
    const struct pvh_start_info *info = (const struct pvh_start_info *)(uintptr_t)start_info;
    if (!is_mapped(start_info, sizeof *info) || info->magic != PVH_MAGIC) {
        return false;
    }
    loader_set_command_line(loader, info->command_line, false);
    if (info->version == 0) {
        return true; /* it says nothing of memory */
    }
    const struct pvh_memory_range *ranges = (const struct pvh_memory_range *)info->memory_map;
    if (info->memory_ranges > MOST_RANGES || !is_mapped(info->memory_map, info->memory_ranges * sizeof *ranges)) {
        return false;
    }
    for (uint32_t i = 0; i < info->memory_ranges; i++) {
        if (ranges[i].type == PVH_RAM) {
            loader_add_memory(loader, ranges[i].start, ranges[i].octets);
        }
    }
    return true;
}

bool loader_board(const struct loader *loader, struct board *board) {
    uintptr_t stack_end = loader->memory_end;
    if (stack_end < (uintptr_t)image_end + PAGE_OCTETS + STACK_OCTETS) {
        return false;
    }
    *board = (struct board){
        .stack_end = stack_end,
        .stack_start = stack_end - STACK_OCTETS,
        .memory_start = (uintptr_t)image_end,
        .memory_end = stack_end - STACK_OCTETS - PAGE_OCTETS,
        .memory_is_zero = false, /* the loader and its firmware were here */
        .command_line = loader->command_line,
        .manifest = (const struct manifest *)&image_manifest.version,
    };
    return true;
}
