/* SPDX-License-Identifier: Apache-2.0 */
#include "ring.h"

#include "hypercall.h"

void ring_request(struct ring *ring, enum ring_operation operation, unsigned handle, const void *memory, size_t octets) {
    uint32_t end = ring->requests_end;
    ring->requests[end % RING_SLOTS] = (struct request){
        .operation = operation,
        .handle = handle,
        .address = (uintptr_t)memory,
        .octets = (uint32_t)octets,
        .id = end,
    };
    __atomic_store_n(&ring->requests_end, end + 1, __ATOMIC_RELEASE); /* the tender reads the request after it sees this */
}

void ring_kick(struct ring *ring) {
    /* Our requests must be out before we look whether the tender sleeps, else it may fall asleep between. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (ring->needs_kick) {
        __asm__ volatile("outl %0, %1" : : "a"(0), "d"((uint16_t)KICK_PORT) : "memory");
    }
}

struct result ring_result(struct ring *ring) {
    uint32_t start = ring->results_start;
    while (__atomic_load_n(&ring->results_end, __ATOMIC_ACQUIRE) == start) {
        __builtin_ia32_pause();
    }
    struct result result = ring->results[start % RING_SLOTS];
    __atomic_store_n(&ring->results_start, start + 1, __ATOMIC_RELEASE);
    return result;
}
