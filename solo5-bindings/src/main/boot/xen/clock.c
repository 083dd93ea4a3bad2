/* SPDX-License-Identifier: Apache-2.0 */
/* Xen's clock: what it says of the time stamp counter in the shared page, read again if it changed meanwhile. */
#include "board.h"
#include "events.h"

#define NANOS_PER_SECOND 1000000000UL

uint64_t board_clock_monotonic(void) {
    const volatile struct vcpu_time *time = &shared_info()->vcpus[0].time;
    uint32_t version;
    uint64_t now;
    do {
        version = time->version & ~1u; /* odd while it is being changed */
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        uint64_t ticks = __builtin_ia32_rdtsc() - time->ticks;
        int shift = time->shift;
        ticks = shift < 0 ? ticks >> -shift : ticks << shift;
        now = time->nanos + (uint64_t)((unsigned __int128)ticks * time->multiplier >> 32);
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
    } while (time->version != version);
    return now;
}

/* The shared page has the date at which the clock was zero. */
uint64_t board_clock_wall(void) {
    const volatile struct shared_info *info = shared_info();
    uint32_t version;
    uint64_t start;
    do {
        version = info->wall_version & ~1u;
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        uint64_t seconds = (uint64_t)info->wall_seconds_high << 32 | info->wall_seconds;
        start = seconds * NANOS_PER_SECOND + info->wall_nanos;
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
    } while (info->wall_version != version);
    return start + board_clock_monotonic();
}
