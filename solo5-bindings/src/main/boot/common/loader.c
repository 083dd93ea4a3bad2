/* SPDX-License-Identifier: Apache-2.0 */
#include "loader.h"

#include "pages.h"

enum { STACK_OCTETS = 1 << 20, PVH_MAGIC = 0x336ec578, PVH_RAM = 1 };

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

void loader_set_command_line(struct loader *loader, const char *words) {
    size_t at = 0;
    for (; words[at] != 0 && at + 1 < sizeof loader->command_line; at++) {
        loader->command_line[at] = words[at];
    }
    loader->command_line[at] = 0;
}

bool loader_read_pvh(struct loader *loader, uint32_t start_info) {
    const struct pvh_start_info *info = (const struct pvh_start_info *)(uintptr_t)start_info;
    if (info->magic != PVH_MAGIC) {
        return false;
    }
    if (info->command_line != 0 && info->command_line < FOUR_GIGABYTES) {
        loader_set_command_line(loader, (const char *)info->command_line);
    }
    if (info->version >= 1 && info->memory_map < FOUR_GIGABYTES) {
        const struct pvh_memory_range *ranges = (const struct pvh_memory_range *)info->memory_map;
        for (uint32_t i = 0; i < info->memory_ranges; i++) {
            if (ranges[i].type == PVH_RAM) {
                loader_add_memory(loader, ranges[i].start, ranges[i].octets);
            }
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
