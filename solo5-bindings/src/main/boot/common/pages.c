/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include <string.h>

#include "shares.h"

/* One octet for each page: who has it, and whether it has to be zeroed before somebody gets it. */
enum { FREE = 0, HEAP = 1, OTHER = 2, OWNER = 3, DIRTY = 4 };

static uint8_t *map;
static uintptr_t start;
static struct pages_count count_of;
static size_t highest_free; /* no page at or above this one is free */

void pages_init(uintptr_t from, uintptr_t end, bool zero) {
    start = (from + PAGE_OCTETS - 1) & -PAGE_OCTETS;
    size_t pages = (end - start) / PAGE_OCTETS;
    size_t map_pages = pages_of(pages);
    count_of.total = pages - map_pages;
    highest_free = count_of.total;
    map = (uint8_t *)(start + count_of.total * PAGE_OCTETS);
    memset(map, zero ? FREE : DIRTY, count_of.total);
}

static bool is_free(size_t page) {
    return (map[page] & OWNER) == FREE;
}

static void give(size_t first, size_t count, uint8_t owner) {
    for (size_t page = first; page < first + count; page++) {
        if ((map[page] & OWNER) == owner) {
            continue; /* the heap may commit what it has */
        }
        if (map[page] & DIRTY) {
            memset((void *)(start + page * PAGE_OCTETS), 0, PAGE_OCTETS);
        }
        map[page] = owner | DIRTY;
        *(owner == HEAP ? &count_of.heap : &count_of.other) += 1;
    }
    size_t used = count_of.heap + count_of.other;
    if (used > count_of.peak) {
        count_of.peak = used;
    }
}

void *pages_take(size_t count) {
    if (count == 0 || count > count_of.total || count_of.other + count > share_of_others(count_of.total)) {
        return NULL;
    }
    size_t run = 0;
    bool seen_free = false;
    for (size_t page = highest_free; page-- > 0;) {
        if (!is_free(page)) {
            run = 0;
            continue;
        }
        if (!seen_free) {
            highest_free = page + 1;
            seen_free = true;
        }
        if (++run == count) {
            give(page, count, OTHER);
            return (void *)(start + page * PAGE_OCTETS);
        }
    }
    return NULL;
}

bool pages_commit(uintptr_t at, size_t count) {
    size_t first = (at - start) / PAGE_OCTETS;
    if (first > count_of.total || count > count_of.total - first) {
        return false;
    }
    for (size_t page = first; page < first + count; page++) {
        if ((map[page] & OWNER) == OTHER) {
            return false;
        }
    }
    give(first, count, HEAP);
    return true;
}

void pages_release(uintptr_t at, size_t count) {
    size_t first = (at - start) / PAGE_OCTETS;
    for (size_t page = first; page < count_of.total && page - first < count; page++) {
        if (is_free(page)) {
            continue;
        }
        *((map[page] & OWNER) == HEAP ? &count_of.heap : &count_of.other) -= 1;
        map[page] = FREE | DIRTY;
        if (page >= highest_free) {
            highest_free = page + 1;
        }
    }
}

bool pages_include(uintptr_t at) {
    return at >= start && at < start + count_of.total * PAGE_OCTETS;
}

uintptr_t pages_start(void) {
    return start;
}

struct pages_count pages_counted(void) {
    return count_of;
}
