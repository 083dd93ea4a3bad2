/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Measures the time stamp counter and the timer against the PIT, and reads the date; false if there is no PIT that
   counts. */
bool clock_init(void);

/* Ticks of the timer, at most 2^32 - 1. */
uint32_t clock_timer_ticks(uint64_t nanos);

#endif
