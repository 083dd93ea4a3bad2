/* SPDX-License-Identifier: Apache-2.0 */
/* pthread_t is the address of the thread's record. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>

#include "board.h"
#include "pages.h"
#include "threads.h"

enum { SMALLEST_STACK = 128 * 1024, LARGEST_USUAL_STACK = 1024 * 1024 };

/* A 128th of the memory, so that a small guest may have some threads and a large one may recurse. */
static size_t usual_stack(void) {
    size_t octets = pages_counted().total / 128 * PAGE_OCTETS;
    return octets < SMALLEST_STACK ? SMALLEST_STACK : octets > LARGEST_USUAL_STACK ? LARGEST_USUAL_STACK : octets;
}

/* What we keep in a pthread_attr_t. */
struct attributes {
    uintptr_t stack_start;
    size_t stack_octets;
    int detached;
};

_Static_assert(sizeof(struct attributes) <= sizeof(pthread_attr_t), "attributes fit");

static struct thread *thread_of(pthread_t id) {
    return (struct thread *)id;
}

pthread_t pthread_self(void) {
    return (pthread_t)thread_current();
}

int pthread_create(pthread_t *id, const pthread_attr_t *with, void *(*run)(void *), void *argument) {
    const struct attributes *attributes = (const struct attributes *)with;
    size_t stack = attributes == NULL || attributes->stack_octets == 0 ? usual_stack() : attributes->stack_octets;
    bool detached = attributes != NULL && attributes->detached == PTHREAD_CREATE_DETACHED;
    struct thread *thread = thread_create(run, argument, stack, detached);
    if (thread == NULL) {
        return EAGAIN;
    }
    *id = (pthread_t)thread;
    return 0;
}

int pthread_join(pthread_t id, void **result) {
    struct thread *thread = thread_of(id);
    while (!thread->finished) {
        thread_wait(&thread->joiners, BOARD_NEVER);
    }
    if (result != NULL) {
        *result = thread->result;
    }
    thread_destroy(thread);
    return 0;
}

int pthread_detach(pthread_t id) {
    struct thread *thread = thread_of(id);
    if (thread->finished) {
        thread_destroy(thread);
    } else {
        thread->detached = true;
    }
    return 0;
}

int pthread_setname_np(pthread_t id, const char *name) {
    (void)id, (void)name;
    return 0;
}

int sched_yield(void) {
    thread_yield();
    return 0;
}

/* The runtime's number for the current thread; of its C library. */
long getThreadId(void) {
    return (long)thread_current()->id;
}

int pthread_attr_init(pthread_attr_t *attr) {
    *(struct attributes *)attr = (struct attributes){0};
    return 0;
}

int pthread_attr_destroy(pthread_attr_t *attr) {
    (void)attr;
    return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t *attr, int state) {
    ((struct attributes *)attr)->detached = state;
    return 0;
}

int pthread_attr_setstacksize(pthread_attr_t *attr, size_t octets) {
    ((struct attributes *)attr)->stack_octets = octets < SMALLEST_STACK ? SMALLEST_STACK : octets;
    return 0;
}

int pthread_getattr_np(pthread_t id, pthread_attr_t *attr) {
    const struct thread *thread = thread_of(id);
    *(struct attributes *)attr = (struct attributes){
        .stack_start = thread->stack_start,
        .stack_octets = thread->stack_end - thread->stack_start,
    };
    return 0;
}

int pthread_attr_getstack(const pthread_attr_t *attr, void **start, size_t *octets) {
    const struct attributes *attributes = (const struct attributes *)attr;
    *start = (void *)attributes->stack_start;
    *octets = attributes->stack_octets;
    return 0;
}

int pthread_attr_getguardsize(const pthread_attr_t *attr, size_t *octets) {
    (void)attr;
    *octets = 0;
    return 0;
}
