/* SPDX-License-Identifier: Apache-2.0 */
/* The ring that guest and tender share for frames, where the tender offers one (ABI.md, 4): requests one way, results of reads
   the other. The tender works on it in a thread of its own, so a burst of frames costs no exit each. */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RING_SLOTS = 1024 };

struct ring {
    /* the guest's */
    volatile uint32_t requests_end; /* ent_tail */
    volatile uint32_t results_start; /* com_head */
    uint8_t padding0[56];
    /* the tender's */
    volatile uint32_t requests_start; /* ent_head: those before it are done with */
    volatile uint32_t results_end; /* com_tail */
    volatile uint32_t needs_kick;
    uint8_t padding1[52];
    struct request {
        uint32_t operation, handle;
        uint64_t address;
        uint32_t octets, id;
        uint64_t spare;
    } requests[RING_SLOTS];
    struct result {
        uint32_t id;
        int32_t result;
        uint32_t octets, spare;
    } results[RING_SLOTS];
};

_Static_assert(offsetof(struct ring, requests_start) == 64, "ring of the ABI");
_Static_assert(offsetof(struct ring, requests) == 128, "ring of the ABI");
_Static_assert(offsetof(struct ring, results) == 32896, "ring of the ABI");
_Static_assert(sizeof(struct ring) == 49280, "ring of the ABI");

enum ring_operation { RING_WRITE = 1, RING_READ = 2 };

/* Requests that the tender has not done yet. */
static inline uint32_t ring_pending(const struct ring *ring) {
    return ring->requests_end - ring->requests_start;
}

/* Places a request; the tender sees it at once, but may sleep until ring_kick. */
void ring_request(struct ring *ring, enum ring_operation operation, unsigned handle, const void *memory, size_t octets);

/* Wakes the tender's thread if it sleeps. */
void ring_kick(struct ring *ring);

/* Waits for the next result of a read, in the order of the requests. */
struct result ring_result(struct ring *ring);

#endif
