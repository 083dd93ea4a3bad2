/* SPDX-License-Identifier: Apache-2.0 */
/* Page tables: 2 MB pages where one region covers them, 4 KB pages where regions meet. */
#include <cpuid.h>
#include <stdbool.h>

#include "pages.h"
#include "ring0.h"

enum { ENTRIES = 512, GIGABYTES = 4, SMALL_TABLES = 16 };

#define SMALL_PAGE 0x1000UL
#define LARGE_PAGE 0x200000UL

enum { PRESENT = 1, WRITABLE = 2, USER = 4, UNCACHED = 0x18, LARGE = 0x80 };

#define NO_EXECUTE (1UL << 63)

#define GIGABYTE 0x40000000UL

typedef uint64_t table[ENTRIES];

static table level4, level3, level2[GIGABYTES], level1[SMALL_TABLES] __attribute__((aligned(4096)));
static unsigned small_tables;
static uint64_t no_execute; /* NO_EXECUTE where ring0.S switched it on */

static bool knows_no_execute(void) {
    unsigned a, b, c, d = 0;
    __get_cpuid(0x80000001, &a, &b, &c, &d);
    return d & (1 << 20);
}

static uint64_t bits_of(enum access access) {
    return PRESENT | USER | (access & ACCESS_WRITE ? WRITABLE : 0) | (access & ACCESS_UNCACHED ? UNCACHED : 0) |
           (access & ACCESS_EXECUTE ? 0 : no_execute);
}

static uint64_t table_entry(const uint64_t *table) {
    return (uintptr_t)table | PRESENT | WRITABLE | USER;
}

static const struct region *region_of(const struct region *regions, size_t count, uintptr_t at) {
    for (size_t i = 0; i < count; i++) {
        if (at >= regions[i].start && at < regions[i].end) {
            return &regions[i];
        }
    }
    return NULL;
}

static bool is_touched(const struct region *regions, size_t count, uintptr_t from, uintptr_t to) {
    for (size_t i = 0; i < count; i++) {
        if (regions[i].start < to && regions[i].end > from) {
            return true;
        }
    }
    return false;
}

/* A table for pages of 4 KB, or NULL. */
static uint64_t *new_table(void) {
    return small_tables < SMALL_TABLES ? level1[small_tables++] : pages_take(1);
}

static uint64_t entry_of(const struct region *regions, size_t count, uintptr_t at) {
    const struct region *region = region_of(regions, count, at);
    if (region != NULL && region->end >= at + LARGE_PAGE) {
        return at | bits_of(region->access) | LARGE;
    }
    if (!is_touched(regions, count, at, at + LARGE_PAGE) || small_tables == SMALL_TABLES) {
        return 0;
    }
    uint64_t *small = new_table();
    for (unsigned i = 0; i < ENTRIES; i++, at += SMALL_PAGE) {
        region = region_of(regions, count, at);
        small[i] = region == NULL ? 0 : at | bits_of(region->access);
    }
    return table_entry(small);
}

static void bring_into_force(void) {
    __asm__ volatile("int3" : : "a"(level4) : "memory");
}

void map_regions(const struct region *regions, size_t count) {
    no_execute = knows_no_execute() ? NO_EXECUTE : 0;
    uintptr_t at = 0;
    for (unsigned i = 0; i < GIGABYTES; i++) {
        for (unsigned k = 0; k < ENTRIES; k++, at += LARGE_PAGE) {
            level2[i][k] = entry_of(regions, count, at);
        }
        level3[i] = table_entry(level2[i]);
    }
    level4[0] = table_entry(level3);
    bring_into_force();
}

/* The entry of a page of 4 KB; a large page is split for it. NULL if there is no memory for that. */
static uint64_t *small_entry(uintptr_t page) {
    uint64_t *entry = &level2[page / GIGABYTE][page / LARGE_PAGE % ENTRIES];
    if (*entry & LARGE) {
        uint64_t *small = new_table();
        if (small == NULL) {
            return NULL;
        }
        for (unsigned i = 0; i < ENTRIES; i++) {
            small[i] = (*entry & ~(uint64_t)LARGE) + i * SMALL_PAGE;
        }
        *entry = table_entry(small);
    }
    return &((uint64_t *)(*entry & -SMALL_PAGE))[page / SMALL_PAGE % ENTRIES];
}

void map_guard(uintptr_t page, bool guards) {
    if (level4[0] == 0) {
        return; /* a target without ring 0 */
    }
    uint64_t *entry = small_entry(page);
    if (entry != NULL) {
        *entry = guards ? *entry & ~(uint64_t)PRESENT : *entry | PRESENT;
        bring_into_force();
    }
}
