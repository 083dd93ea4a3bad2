/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of Xen (xen/FACTS.md, 7 to 9). Xen takes them from ring 0 alone, so from ring 3 they go through a gate. */
#ifndef HYPERCALL_H
#define HYPERCALL_H

#include <stdint.h>

#include "ring0.h"

enum { HYPERCALL_VECTOR = TRAPS };

enum {
    HYPERCALL_MEMORY = 12,
    HYPERCALL_SCHED = 29,
    HYPERCALL_EVENT_CHANNEL = 32,
    HYPERCALL_HVM = 34,
};

enum { DOMAIN_SELF = 0x7ff0 };

/* Finds Xen and has it fill the page of its calls; false if this is no Xen. In ring 0, before any call. */
bool hypercall_init(void);

/* Opens the gate. */
void hypercall_gate_init(void);

/* In ring 3. Negative results are errors. */
static inline long hypercall(long number, long operation, void *argument) {
    long result;
    __asm__ volatile("int %[vector]"
                     : "=a"(result), "+D"(operation), "+S"(argument)
                     : "a"(number), [vector] "i"(HYPERCALL_VECTOR)
                     : "rcx", "rdx", "r8", "r9", "r10", "r11", "memory");
    return result;
}

#endif
