/* SPDX-License-Identifier: Apache-2.0 */
#include "devices.h"

#include <stddef.h>

#include "board.h"
#include "threads.h"

struct waiter {
    const uint64_t *set;
    uint64_t ready;
    struct thread *thread;
    struct waiter *next;
};

static struct waiter *waiters;
static struct queue asleep; /* the threads of all waiters */
static uint64_t wanted;     /* what virtual threads wait for */

static uint64_t wait_for(const uint64_t *set, uint64_t deadline) {
    struct waiter waiter = {.set = set, .thread = thread_current(), .next = waiters};
    waiters = &waiter;
    thread_wait(&asleep, deadline);
    struct waiter **at = &waiters;
    while (*at != &waiter) {
        at = &(*at)->next;
    }
    *at = waiter.next;
    return waiter.ready;
}

uint64_t devices_wait(uint64_t set, uint64_t deadline) {
    return wait_for(&set, deadline);
}

void devices_want(uint64_t set) {
    wanted |= set;
}

uint64_t devices_wanted(void) {
    uint64_t ready = wait_for(&wanted, BOARD_NEVER);
    wanted &= ~ready;
    return ready;
}

void devices_ready(uint64_t set) {
    for (struct waiter *waiter = waiters; waiter != NULL; waiter = waiter->next) {
        uint64_t ready = *waiter->set & set;
        if (ready != 0 && waiter->ready == 0) {
            waiter->ready = ready;
            if (waiter->thread->queue == &asleep) { /* else its deadline has just passed */
                thread_wake_this(waiter->thread);
            }
        }
    }
}

bool devices_awaited(void) {
    for (const struct waiter *waiter = waiters; waiter != NULL; waiter = waiter->next) {
        if (*waiter->set != 0) {
            return true;
        }
    }
    return false;
}
