/* SPDX-License-Identifier: Apache-2.0 */
/* The calls by which the runtime gets memory, answered from the page map.

   The runtime first reserves an address space for its heap, far larger than any guest, and then moves the image's heap to its
   start, behind one chunk that stays empty. The answer to the reservation is the address that makes this a move onto itself:
   the image heap is used where the tender loaded it, and the heap grows behind it, into free memory. Nothing is copied.

       heap_space = __svm_heap_load - NULL_CHUNK
       |  ...text, data of the image  | image heap | heap grows here ->
                                      ^ __svm_heap_load                                                        */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "pages.h"
#include "panic.h"

#define NULL_CHUNK 0x80000UL /* the usual -H:AlignedHeapChunkSize; do not set another */

extern char __svm_heap_load[];

static uintptr_t heap_space, heap_space_end;

static void *failed(int error) {
    errno = error;
    return MAP_FAILED;
}

static void *reserve_heap_space(size_t octets) {
    heap_space = (uintptr_t)__svm_heap_load - NULL_CHUNK;
    heap_space_end = heap_space + octets;
    return (void *)heap_space;
}

static bool in_heap_space(uintptr_t at) {
    return at >= heap_space && at < heap_space_end;
}

/* The part of the heap space that is image is there already and stays. */
static void *map_at(uintptr_t at, size_t octets, int protection) {
    if (!in_heap_space(at)) {
        return failed(EINVAL);
    }
    if (at < pages_start()) {
        return (void *)at;
    }
    if (protection == PROT_NONE) {
        pages_release(at, pages_of(octets));
        return (void *)at;
    }
    return pages_commit(at, pages_of(octets)) ? (void *)at : failed(ENOMEM);
}

void *mmap(void *at, size_t octets, int protection, int flags, int file, off_t offset) {
    (void)offset;
    if (file >= 0) {
        return failed(ENODEV);
    }
    if (flags & MAP_FIXED) {
        return map_at((uintptr_t)at, octets, protection);
    }
    if (heap_space == 0 && protection == PROT_NONE) {
        return reserve_heap_space(octets);
    }
    void *pages = pages_take(pages_of(octets));
    return pages == NULL ? failed(ENOMEM) : pages;
}

int munmap(void *at, size_t octets) {
    if (pages_include((uintptr_t)at)) {
        pages_release((uintptr_t)at, pages_of(octets));
    }
    return 0;
}

/* The runtime protects what it would rather not write to; the image's own text is protected by the target. */
int mprotect(void *at, size_t octets, int protection) {
    (void)at, (void)octets, (void)protection;
    return 0;
}

/* mremap, under the name that the builder calls it by. */
void *mremapP(void *from, size_t old_octets, size_t octets, int flags, void *to) {
    if ((flags & MREMAP_FIXED) && from == to) {
        return to;
    }
    if (flags & MREMAP_FIXED) {
        panic("the image heap moved; AlignedHeapChunkSize is not NULL_CHUNK");
    }
    void *pages = mmap(NULL, octets, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages != MAP_FAILED) {
        memcpy(pages, from, old_octets < octets ? old_octets : octets);
        munmap(from, old_octets);
    }
    return pages;
}
