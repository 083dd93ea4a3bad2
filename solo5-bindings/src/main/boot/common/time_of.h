/* SPDX-License-Identifier: Apache-2.0 */
/* Nanoseconds, in which the board counts, and the C library's pairs of seconds and nanoseconds. */
#ifndef TIME_OF_H
#define TIME_OF_H

#include <stdint.h>
#include <time.h>

#include "board.h"

#define NANOS_PER_SECOND 1000000000UL

/* Saturates: a deadline beyond 584 years never comes. */
static inline uint64_t nanos_of(const struct timespec *time) {
    uint64_t nanos;
    if (__builtin_mul_overflow((uint64_t)time->tv_sec, NANOS_PER_SECOND, &nanos) ||
        __builtin_add_overflow(nanos, (uint64_t)time->tv_nsec, &nanos)) {
        return BOARD_NEVER;
    }
    return nanos;
}

static inline struct timespec timespec_of(uint64_t nanos) {
    return (struct timespec){.tv_sec = (time_t)(nanos / NANOS_PER_SECOND), .tv_nsec = (long)(nanos % NANOS_PER_SECOND)};
}

static inline uint64_t nanos_after(uint64_t now, uint64_t nanos) {
    return nanos > BOARD_NEVER - now ? BOARD_NEVER : now + nanos;
}

/* The moment of the monotonic clock at which the wall clock, if nobody sets it, will show `wall`. */
static inline uint64_t monotonic_of_wall(uint64_t wall) {
    uint64_t now = board_clock_wall();
    return nanos_after(board_clock_monotonic(), wall > now ? wall - now : 0);
}

#endif
