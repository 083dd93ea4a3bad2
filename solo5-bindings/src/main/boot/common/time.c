/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/time.h>
#include <time.h>

#include "board.h"
#include "threads.h"
#include "time_of.h"

int clock_gettime(clockid_t clock, struct timespec *time) {
    bool wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    *time = timespec_of(wall ? board_clock_wall() : board_clock_monotonic());
    return 0;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    uint64_t nanos = board_clock_wall();
    time->tv_sec = (time_t)(nanos / NANOS_PER_SECOND);
    time->tv_usec = (long)(nanos % NANOS_PER_SECOND / 1000);
    return 0;
}

int nanosleep(const struct timespec *time, struct timespec *rest) {
    (void)rest;
    struct queue nobody_wakes = {0};
    thread_wait(&nobody_wakes, nanos_after(board_clock_monotonic(), nanos_of(time)));
    return 0;
}
