/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "board.h"
#include "threads.h"
#include "time_of.h"

struct condition {
    struct queue waiting;
    clockid_t clock;
};

_Static_assert(sizeof(struct condition) <= sizeof(pthread_cond_t), "condition fits");

int pthread_condattr_init(pthread_condattr_t *attr) {
    *(clockid_t *)attr = CLOCK_REALTIME;
    return 0;
}

int pthread_condattr_destroy(pthread_condattr_t *attr) {
    (void)attr;
    return 0;
}

int pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock) {
    *(clockid_t *)attr = clock;
    return 0;
}

int pthread_cond_init(pthread_cond_t *memory, const pthread_condattr_t *attr) {
    *(struct condition *)memory =
        (struct condition){.clock = attr == NULL ? CLOCK_REALTIME : *(const clockid_t *)attr};
    return 0;
}

int pthread_cond_destroy(pthread_cond_t *memory) {
    (void)memory;
    return 0;
}

static int wait_until(pthread_cond_t *memory, pthread_mutex_t *mutex, uint64_t deadline) {
    pthread_mutex_unlock(mutex);
    bool woken = thread_wait(&((struct condition *)memory)->waiting, deadline);
    pthread_mutex_lock(mutex);
    return woken ? 0 : ETIMEDOUT;
}

int pthread_cond_wait(pthread_cond_t *memory, pthread_mutex_t *mutex) {
    return wait_until(memory, mutex, BOARD_NEVER);
}

int pthread_cond_timedwait(pthread_cond_t *memory, pthread_mutex_t *mutex, const struct timespec *until) {
    uint64_t deadline = nanos_of(until);
    if (((struct condition *)memory)->clock == CLOCK_REALTIME) {
        deadline = monotonic_of_wall(deadline);
    }
    return wait_until(memory, mutex, deadline);
}

int pthread_cond_signal(pthread_cond_t *memory) {
    thread_wake(&((struct condition *)memory)->waiting);
    return 0;
}

int pthread_cond_broadcast(pthread_cond_t *memory) {
    thread_wake_all(&((struct condition *)memory)->waiting);
    return 0;
}
