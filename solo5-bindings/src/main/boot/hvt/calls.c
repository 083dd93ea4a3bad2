/* SPDX-License-Identifier: Apache-2.0 */
/* Console, clocks, sleep and end. */
#include "board.h"
#include "hypercall.h"
#include "network.h"
#include "tender.h"

void board_console_write(const char *text, size_t octets) {
    struct {
        const char *text;
        uint64_t octets;
    } arguments = {text, octets};
    hypercall(HYPERCALL_PUTS, &arguments);
}

/* Nanoseconds are ticks times 2^32 nanos_per_tick over 2^32: no division, and off by less than one in 10^9. */
uint64_t board_clock_monotonic(void) {
    static uint64_t nanos_per_tick;
    if (nanos_per_tick == 0) {
        nanos_per_tick = (1000000000UL << 32) / tender->ticks_per_second;
    }
    return (uint64_t)((unsigned __int128)__builtin_ia32_rdtsc() * nanos_per_tick >> 32);
}

uint64_t board_clock_wall(void) {
    struct {
        uint64_t nanos;
    } arguments = {0};
    hypercall(HYPERCALL_WALL_TIME, &arguments);
    return arguments.nanos;
}

uint64_t board_yield(uint64_t deadline) {
    board_net_flush(0);
    uint64_t held = network_held();
    uint64_t now = board_clock_monotonic();
    struct {
        uint64_t timeout, ready;
        int32_t result;
    } arguments = {.timeout = deadline > now && held == 0 ? deadline - now : 0};
    hypercall(HYPERCALL_POLL, &arguments);
    return arguments.ready | held;
}

_Noreturn void board_exit(int status) {
    struct {
        const void *cookie;
        int32_t status;
    } arguments = {NULL, status};
    for (;;) {
        hypercall(HYPERCALL_HALT, &arguments);
    }
}

_Noreturn void board_abort(void) {
    board_exit(BOARD_ABORTED);
}
