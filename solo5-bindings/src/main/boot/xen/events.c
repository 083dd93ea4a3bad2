/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

#include "board.h"
#include "hypercall.h"
#include "pages.h"

/* A page of the image's own, and the whole of it. */
__attribute__((section(".bss.shared_info"), aligned(4096))) static uint8_t page[PAGE_OCTETS];

volatile struct shared_info *shared_info(void) {
    return (volatile struct shared_info *)page;
}

bool events_init(void) {
    enum { ADD_TO_PHYSMAP = 7, SHARED_INFO = 0 };
    struct {
        uint16_t domain, size;
        uint32_t space;
        uint64_t index, frame;
    } arguments = {.domain = DOMAIN_SELF, .space = SHARED_INFO, .frame = (uintptr_t)page / PAGE_OCTETS};
    return hypercall(HYPERCALL_MEMORY, ADD_TO_PHYSMAP, &arguments) == 0;
}

void event_send(uint32_t port) {
    enum { SEND = 4 };
    hypercall(HYPERCALL_EVENT_CHANNEL, SEND, &port);
}

void event_clear(uint32_t port) {
    if (port / 64 < sizeof shared_info()->pending / 8) {
        __atomic_fetch_and(&shared_info()->pending[port / 64], ~(1UL << port % 64), __ATOMIC_SEQ_CST);
    }
}

void event_wait(uint32_t port, uint64_t deadline) {
    enum { POLL = 3 };
    struct {
        uint32_t *ports;
        uint32_t count;
        uint64_t deadline; /* 0 is none */
    } arguments = {&port, port != 0, deadline == BOARD_NEVER ? 0 : deadline};
    hypercall(HYPERCALL_SCHED, POLL, &arguments);
}
