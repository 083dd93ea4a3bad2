/* SPDX-License-Identifier: Apache-2.0 */
/* Console, clocks, sleep and end. */
#include <errno.h>
#include <time.h>

#include "board.h"
#include "system_call.h"
#include "tender.h"

#define NANOS_PER_SECOND 1000000000UL

void board_console_write(const char *text, size_t octets) {
    while (octets > 0) {
        long written = system_call(SYS_WRITE, 1, (long)text, (long)octets, 0, 0);
        if (written <= 0) {
            return; /* best effort */
        }
        text += written;
        octets -= (size_t)written;
    }
}

static uint64_t clock_nanos(clockid_t clock) {
    struct timespec time;
    system_call(SYS_CLOCK_GETTIME, clock, (long)&time, 0, 0, 0);
    return (uint64_t)time.tv_sec * NANOS_PER_SECOND + (uint64_t)time.tv_nsec;
}

uint64_t board_clock_monotonic(void) {
    return clock_nanos(CLOCK_MONOTONIC);
}

uint64_t board_clock_wall(void) {
    return clock_nanos(CLOCK_REALTIME);
}

/* As the kernel's epoll_event on this processor: packed. */
struct event {
    uint32_t events;
    uint64_t handle;
} __attribute__((packed));

uint64_t board_yield(uint64_t deadline) {
    enum { MOST_EVENTS = 64, TIMER_ABSTIME_FLAG = 1 };
    struct event events[MOST_EVENTS];
    /* The lowest bit keeps the time from being zero, which would disarm the timer. */
    struct itimerspec at = {
        .it_value = {.tv_sec = (time_t)(deadline / NANOS_PER_SECOND), .tv_nsec = (long)(deadline % NANOS_PER_SECOND) | 1},
    };
    system_call(SYS_TIMERFD_SETTIME, tender->timer, TIMER_ABSTIME_FLAG, (long)&at, 0, 0);
    long count;
    do {
        count = system_call(SYS_EPOLL_PWAIT, tender->epoll, (long)events, MOST_EVENTS, -1, 0);
    } while (count == -EINTR);
    uint64_t ready = 0;
    for (long i = 0; i < count; i++) {
        if (events[i].handle < 64) { /* else the timer */
            ready |= 1UL << events[i].handle;
        }
    }
    return ready;
}

_Noreturn void board_exit(int status) {
    for (;;) {
        system_call(SYS_EXIT_GROUP, status, 0, 0, 0, 0);
    }
}

_Noreturn void board_abort(void) {
    board_exit(BOARD_ABORTED);
}
