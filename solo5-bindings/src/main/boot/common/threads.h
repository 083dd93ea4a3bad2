/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that take turns: one runs until it waits or yields. Everything that waits, waits in a queue; pthread_mutex.c and
   its neighbours put POSIX names on this. When no thread can run, the guest yields to the board. */
#ifndef THREADS_H
#define THREADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct thread;

/* Threads in the order in which they came. Zeroed memory is an empty queue. */
struct queue {
    struct thread *first, *last;
};

enum { THREAD_KEYS = 32 };

struct thread {
    void *stack_pointer; /* while it does not run */
    struct thread *next; /* in the queue that it is in */
    struct queue *queue; /* in which it waits, or NULL */
    struct thread *next_timed;
    uint64_t deadline; /* of its wait; BOARD_NEVER: not in the list of the timed */
    bool timed_out;
    bool finished;
    bool detached;
    struct queue joiners;
    void *(*run)(void *);
    void *argument, *result;
    uintptr_t stack_start, stack_end;
    size_t stack_pages; /* to be given back; 0 for the first thread */
    uint64_t id;
    int error; /* errno */
    void *values[THREAD_KEYS];
};

/* Makes the caller, on its stack, the first thread. */
void threads_init(uintptr_t stack_start, uintptr_t stack_end);

struct thread *thread_current(void);

/* NULL if there is no memory for it. */
struct thread *thread_create(void *(*run)(void *), void *argument, size_t stack_octets, bool detached);

_Noreturn void thread_exit(void *result);

/* Calls the destructors of its thread-local values; pthread_key.c. */
void thread_values_destroy(struct thread *thread);

/* Gives back what a finished thread used. */
void thread_destroy(struct thread *thread);

/* Waits in `queue` until it is woken (true) or the deadline has passed (false). */
bool thread_wait(struct queue *queue, uint64_t deadline);

void thread_wake(struct queue *queue);
void thread_wake_all(struct queue *queue);
void thread_wake_this(struct thread *thread);

/* Not 0 if it is time for thread_yield: another thread can run, or may after a look at the clock and the devices. */
int thread_turn_is_over(void);

/* Lets the others run once. */
void thread_yield(void);

#endif
