/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <pthread.h>

#include "board.h"
#include "threads.h"

/* Zeroed memory is a free mutex, as PTHREAD_MUTEX_INITIALIZER wants it. */
struct mutex {
    struct thread *owner;
    struct queue waiting;
};

_Static_assert(sizeof(struct mutex) <= sizeof(pthread_mutex_t), "mutex fits");

int pthread_mutex_init(pthread_mutex_t *memory, const pthread_mutexattr_t *attr) {
    (void)attr;
    *(struct mutex *)memory = (struct mutex){0};
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *memory) {
    (void)memory;
    return 0;
}

int pthread_mutex_trylock(pthread_mutex_t *memory) {
    struct mutex *mutex = (struct mutex *)memory;
    if (mutex->owner != NULL) {
        return EBUSY;
    }
    mutex->owner = thread_current();
    return 0;
}

int pthread_mutex_lock(pthread_mutex_t *memory) {
    struct mutex *mutex = (struct mutex *)memory;
    while (mutex->owner != NULL) {
        thread_wait(&mutex->waiting, BOARD_NEVER);
    }
    mutex->owner = thread_current();
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *memory) {
    struct mutex *mutex = (struct mutex *)memory;
    mutex->owner = NULL;
    thread_wake(&mutex->waiting);
    return 0;
}
