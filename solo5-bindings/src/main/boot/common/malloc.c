/* SPDX-License-Identifier: Apache-2.0 */
/* malloc in powers of two from 32 octets to half a slab, each with a list of free blocks; above that in whole pages. A header
   of 16 octets in front of each block tells which. Free blocks of one size stay of that size: the sizes that a program uses
   repeat, and nothing has to be searched or merged. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pages.h"

enum { SMALLEST = 32, CLASSES = 11, SLAB_PAGES = 16 };

static const uint64_t LARGE = UINT64_MAX;

struct block {
    uint64_t class;  /* index of the size, or LARGE */
    uint64_t extent; /* of a large one: its pages */
    struct block *next_free[];
};

static struct block *free_blocks[CLASSES];
static uint8_t *slab, *slab_end;

static size_t octets_of(uint64_t class) {
    return (size_t)SMALLEST << class;
}

static struct block *large(size_t octets) {
    size_t pages = pages_of(octets);
    struct block *block = pages_take(pages);
    if (block != NULL) {
        *block = (struct block){LARGE, pages};
    }
    return block;
}

static struct block *small(uint64_t class) {
    struct block *block = free_blocks[class];
    if (block != NULL) {
        free_blocks[class] = block->next_free[0];
        return block;
    }
    if (octets_of(class) > (size_t)(slab_end - slab)) { /* what is left of the old slab is lost */
        uint8_t *pages = pages_take(SLAB_PAGES);
        if (pages == NULL) {
            return NULL;
        }
        slab = pages;
        slab_end = pages + SLAB_PAGES * PAGE_OCTETS;
    }
    block = (struct block *)slab;
    slab += octets_of(class);
    block->class = class;
    return block;
}

void *malloc(size_t octets) {
    if (octets > SIZE_MAX / 2) {
        errno = ENOMEM;
        return NULL;
    }
    size_t with_header = octets + sizeof(struct block);
    uint64_t class = 0;
    while (class < CLASSES && octets_of(class) < with_header) {
        class++;
    }
    struct block *block = class < CLASSES ? small(class) : large(with_header);
    if (block == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    return block + 1;
}

void free(void *memory) {
    if (memory == NULL) {
        return;
    }
    struct block *block = (struct block *)memory - 1;
    if (block->class == LARGE) {
        pages_release((uintptr_t)block, block->extent);
    } else {
        block->next_free[0] = free_blocks[block->class];
        free_blocks[block->class] = block;
    }
}

void *calloc(size_t count, size_t octets) {
    size_t all;
    if (__builtin_mul_overflow(count, octets, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    void *memory = malloc(all);
    return memory == NULL ? NULL : memset(memory, 0, all);
}

void *realloc(void *memory, size_t octets) {
    if (memory == NULL) {
        return malloc(octets);
    }
    const struct block *block = (const struct block *)memory - 1;
    size_t room = (block->class == LARGE ? block->extent * PAGE_OCTETS : octets_of(block->class)) - sizeof *block;
    if (octets <= room) {
        return memory;
    }
    void *larger = malloc(octets);
    if (larger != NULL) {
        memcpy(larger, memory, room);
        free(memory);
    }
    return larger;
}
