/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for devices. A platform thread waits by devices_wait. Virtual threads can not wait in C: they say what they want by
   devices_want and park; one thread of theirs asks devices_wanted what became ready, and unparks them. */
#ifndef DEVICES_H
#define DEVICES_H

#include <stdbool.h>
#include <stdint.h>

/* Until one of the handles in `set` is ready: those that are. 0 once the deadline has passed. */
uint64_t devices_wait(uint64_t set, uint64_t deadline);

/* Adds to what devices_wanted waits for. */
void devices_want(uint64_t set);

/* Until something wanted is ready; it is not wanted any more then. */
uint64_t devices_wanted(void);

/* For the scheduler: what the board says is ready, and whether anybody waits for that. */
void devices_ready(uint64_t set);
bool devices_awaited(void);

#endif
