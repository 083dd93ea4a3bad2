/* SPDX-License-Identifier: Apache-2.0 */
/* The free memory of the guest, in pages. Java's heap grows up from the bottom, behind the image; everything else is taken
   from the top down, and may not take what the heap was promised:

       | image | heap of Java ->        ...        <- threads' stacks, malloc | map |
               ^ start                                                        ^ end
*/
#ifndef PAGES_H
#define PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE_OCTETS 4096UL

static inline size_t pages_of(size_t octets) {
    return octets / PAGE_OCTETS + (octets % PAGE_OCTETS != 0);
}

void pages_init(uintptr_t start, uintptr_t end, bool zero);

/* Zeroed pages for anybody but the heap, or NULL. */
void *pages_take(size_t count);

/* Zeroed pages for the heap at its own place; false if they are taken or do not exist. Those that it has already count. */
bool pages_commit(uintptr_t at, size_t count);

/* Gives back; pages that nobody has are passed over. */
void pages_release(uintptr_t at, size_t count);

bool pages_include(uintptr_t at);
uintptr_t pages_start(void);

struct pages_count {
    size_t total, heap, other, peak;
};

struct pages_count pages_counted(void);

#endif
