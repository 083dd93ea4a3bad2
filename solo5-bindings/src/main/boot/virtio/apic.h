/* SPDX-License-Identifier: Apache-2.0 */
/* The processor's own interrupt controller and its timer. Interrupts are let in by halt() alone, and only end it. */
#ifndef APIC_H
#define APIC_H

#include <stdint.h>

#include "ring0.h"

enum { TIMER_VECTOR = TRAPS, DEVICE_VECTOR, HALT_VECTOR, SPURIOUS_VECTOR = VECTORS - 1 };

void apic_init(void);

/* Starts the timer: an interrupt after so many of its ticks, or none. */
void apic_timer(uint32_t ticks);
uint32_t apic_timer_left(void);

/* Sleeps until an interrupt comes, or returns at once if one came since the last time. */
static inline void halt(void) {
    __asm__ volatile("int %0" : : "i"(HALT_VECTOR) : "memory");
}

#endif
