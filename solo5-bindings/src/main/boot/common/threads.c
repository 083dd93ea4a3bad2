/* SPDX-License-Identifier: Apache-2.0 */
#include "threads.h"

#include <string.h>

#include "board.h"
#include "devices.h"
#include "pages.h"
#include "panic.h"
#include "ring0.h"

/* Keeps the registers that C keeps over a call on the old stack, and goes on with the new one. */
void thread_switch(void **save_stack_pointer, void *stack_pointer);

/* Where a new stack starts: calls its first argument. */
void thread_start(void);
_Noreturn void thread_main(void);

/* The clock and the devices are looked at when nobody can run, and else every so many ticks of the time stamp counter: some
   0.2 ms. A look may be an exit to the host, so it is not worth one at each turn. */
enum { TICKS_PER_LOOK = 1 << 19 };

/* Below each stack: what runs over its end is trapped where traps are. */
enum { GUARD_PAGES = 1 };

static struct thread first_thread;
static struct thread *current = &first_thread;
static struct thread *finished_detached; /* still runs on its stack; the next thread frees it */
static struct queue runnable;
static struct thread *timed; /* those who wait with a deadline, the earliest first */
static uint64_t last_id = 1;
static uint64_t looked_at;

static void put(struct queue *queue, struct thread *thread) {
    thread->next = NULL;
    *(queue->first == NULL ? &queue->first : &queue->last->next) = thread;
    queue->last = thread;
}

static void take(struct queue *queue, struct thread *thread) {
    struct thread *before = NULL, *at = queue->first;
    while (at != thread) {
        before = at;
        at = at->next;
    }
    *(before == NULL ? &queue->first : &before->next) = thread->next;
    if (queue->last == thread) {
        queue->last = before;
    }
}

static void put_timed(struct thread *thread) {
    struct thread **at = &timed;
    while (*at != NULL && (*at)->deadline <= thread->deadline) {
        at = &(*at)->next_timed;
    }
    thread->next_timed = *at;
    *at = thread;
}

static void take_timed(const struct thread *thread) {
    struct thread **at = &timed;
    while (*at != thread) {
        at = &(*at)->next_timed;
    }
    *at = thread->next_timed;
}

static void make_runnable(struct thread *thread, bool timed_out) {
    take(thread->queue, thread);
    thread->queue = NULL;
    if (thread->deadline != BOARD_NEVER) {
        take_timed(thread);
    }
    thread->timed_out = timed_out;
    put(&runnable, thread);
}

/* Yields to the board until `deadline`, then wakes whom a device or the clock calls. */
static void look_around(uint64_t deadline) {
    devices_ready(board_yield(deadline));
    looked_at = __builtin_ia32_rdtsc();
    if (timed != NULL) {
        uint64_t now = board_clock_monotonic();
        while (timed != NULL && timed->deadline <= now) {
            make_runnable(timed, true);
        }
    }
}

static bool look_is_due(void) {
    return __builtin_ia32_rdtsc() - looked_at > TICKS_PER_LOOK;
}

static struct thread *next_thread(void) {
    if (look_is_due()) {
        look_around(0);
    }
    while (runnable.first == NULL) {
        if (timed == NULL && !devices_awaited()) {
            panic("deadlock: every thread waits for ever");
        }
        look_around(timed == NULL ? BOARD_NEVER : timed->deadline);
    }
    struct thread *thread = runnable.first;
    take(&runnable, thread);
    return thread;
}

static void free_detached(void) {
    if (finished_detached != NULL) {
        thread_destroy(finished_detached);
        finished_detached = NULL;
    }
}

static void run_next(void) {
    struct thread *before = current;
    current = next_thread();
    if (current != before) {
        thread_switch(&before->stack_pointer, current->stack_pointer);
        free_detached();
    }
}

void threads_init(uintptr_t stack_start, uintptr_t stack_end) {
    first_thread.stack_start = stack_start;
    first_thread.stack_end = stack_end;
    first_thread.id = last_id;
    first_thread.deadline = BOARD_NEVER;
}

struct thread *thread_current(void) {
    return current;
}

struct thread *thread_create(void *(*run)(void *), void *argument, size_t stack_octets, bool detached) {
    size_t pages = GUARD_PAGES + pages_of(stack_octets + sizeof(struct thread));
    uint8_t *memory = pages_take(pages);
    if (memory == NULL) {
        return NULL;
    }
    map_guard((uintptr_t)memory, true);
    /* The thread's record is at the top of its pages, the stack below. */
    uint8_t *end = memory + pages * PAGE_OCTETS;
    struct thread *thread = (struct thread *)((uintptr_t)(end - sizeof *thread) & -16UL);
    *thread = (struct thread){
        .run = run,
        .argument = argument,
        .detached = detached,
        .deadline = BOARD_NEVER,
        .stack_start = (uintptr_t)memory + GUARD_PAGES * PAGE_OCTETS,
        .stack_end = (uintptr_t)thread,
        .stack_pages = pages,
        .id = ++last_id,
    };
    /* What thread_switch pops: six registers, then the address to go to, with the stack aligned for a call after it. */
    void **stack = (void **)thread - 3;
    stack[0] = (void *)thread_start;
    thread->stack_pointer = stack - 6;
    put(&runnable, thread);
    return thread;
}

_Noreturn void thread_main(void) {
    free_detached();
    thread_exit(current->run(current->argument));
}

_Noreturn void thread_exit(void *result) {
    thread_values_destroy(current);
    current->result = result;
    current->finished = true;
    thread_wake_all(&current->joiners);
    if (current->detached) {
        finished_detached = current;
    }
    run_next();
    panic("a finished thread ran");
}

void thread_destroy(struct thread *thread) {
    uintptr_t guard = thread->stack_start - GUARD_PAGES * PAGE_OCTETS;
    map_guard(guard, false);
    pages_release(guard, thread->stack_pages);
}

bool thread_wait(struct queue *queue, uint64_t deadline) {
    struct thread *me = current;
    me->queue = queue;
    me->deadline = deadline;
    put(queue, me);
    if (deadline != BOARD_NEVER) {
        put_timed(me);
    }
    run_next();
    return !me->timed_out;
}

void thread_wake_this(struct thread *thread) {
    make_runnable(thread, false);
}

void thread_wake(struct queue *queue) {
    if (queue->first != NULL) {
        make_runnable(queue->first, false);
    }
}

void thread_wake_all(struct queue *queue) {
    while (queue->first != NULL) {
        make_runnable(queue->first, false);
    }
}

int thread_turn_is_over(void) {
    return runnable.first != NULL || look_is_due();
}

void thread_yield(void) {
    put(&runnable, current);
    run_next();
}
