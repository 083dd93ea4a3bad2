/* SPDX-License-Identifier: Apache-2.0 */
#include "pv_console.h"

#include <stddef.h>

#include "board.h"
#include "events.h"
#include "hypercall.h"
#include "pages.h"

/* Free-running counts; a place is a count modulo the length. */
struct ring {
    uint8_t in[1024], out[2048];
    volatile uint32_t in_taken, in_put, out_taken, out_put;
};

_Static_assert(offsetof(struct ring, out_taken) == 3080, "console page of the ABI");

static struct ring *ring;
static uint32_t port;

static uint64_t parameter(uint32_t index) {
    enum { GET_PARAMETER = 1 };
    struct {
        uint16_t domain;
        uint32_t index;
        uint64_t value;
    } arguments = {.domain = DOMAIN_SELF, .index = index};
    return hypercall(HYPERCALL_HVM, GET_PARAMETER, &arguments) == 0 ? arguments.value : 0;
}

void console_init(void) {
    enum { CONSOLE_FRAME = 17, CONSOLE_PORT = 18 };
    ring = (struct ring *)(parameter(CONSOLE_FRAME) * PAGE_OCTETS);
    port = (uint32_t)parameter(CONSOLE_PORT);
}

uintptr_t console_page(void) {
    return (uintptr_t)ring;
}

/* Octets that the host has not taken; one that claims to have taken more than there was has taken all. */
static uint32_t waiting(void) {
    uint32_t octets = ring->out_put - __atomic_load_n(&ring->out_taken, __ATOMIC_ACQUIRE);
    return octets > sizeof ring->out ? 0 : octets;
}

/* Until the host has taken something; false if it takes its time. */
static bool wait_for_host(uint64_t deadline) {
    event_clear(port);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (waiting() > 0) {
        event_wait(port, deadline);
    }
    return board_clock_monotonic() < deadline;
}

static uint64_t patience(void) {
    return board_clock_monotonic() + 1000000000UL;
}

void board_console_write(const char *text, size_t octets) {
    if (ring == NULL) {
        return;
    }
    while (octets > 0) {
        uint64_t deadline = patience();
        while (waiting() == sizeof ring->out) {
            if (!wait_for_host(deadline)) {
                return; /* nobody reads; a console does not stop the guest */
            }
        }
        uint32_t put = ring->out_put, room = sizeof ring->out - waiting();
        for (; room > 0 && octets > 0; room--, octets--) {
            ring->out[put++ % sizeof ring->out] = (uint8_t)*text++;
        }
        __atomic_store_n(&ring->out_put, put, __ATOMIC_RELEASE); /* the host reads the text after it sees this */
        event_send(port);
    }
}

void console_drain(void) {
    uint64_t deadline = patience();
    while (ring != NULL && waiting() > 0 && wait_for_host(deadline)) {
    }
}
