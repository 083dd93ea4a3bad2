/* SPDX-License-Identifier: Apache-2.0 */
/* For targets that are entered in ring 0. ring0.S switches the machine to segments and a first page map of our own, and goes
   down to ring 3 after some fifty instructions: a host that interprets ring 0 is slow at it. All else, tables for later
   traps included, is written from ring 3; a trap to GATE puts it into force. */
#ifndef RING0_H
#define RING0_H

/* The trap by which ring 3 asks for a new page map: the breakpoint, since not every host knows `int n` in ring 3. */
#define GATE 3

/* Traps of the processor, and after them those that a target may give a meaning. */
#define TRAPS 32
#define VECTORS 48

#ifndef __ASSEMBLER__
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Goes on in ring 3 with `run(argument)` on a stack that ends at `stack_end`. The first map has the lowest 4 GB, all of it
   readable, writable and executable. AVX is on where there is any; FS base is thread_block. */
_Noreturn void ring0_leave(void (*run)(void *), void *argument, uintptr_t stack_end);

/* Lets ring 3 write to these I/O ports, each with the seven behind it, and has traps reported. To be called first. */
void ring3_begin(const uint16_t *ports, size_t count);

/* Has a vector from TRAPS on enter `code` in ring 0: an interrupt, or if `for_ring_3` what ring 3 calls by `int`. */
void ring3_gate(unsigned vector, const char *code, bool for_ring_3);

enum access { ACCESS_READ = 0, ACCESS_WRITE = 1, ACCESS_EXECUTE = 2, ACCESS_UNCACHED = 4 };

/* Whole pages, mapped where they are. */
struct region {
    uintptr_t start, end;
    enum access access;
};

/* From now on only the regions are there, as they say: what none of them has, as page 0 and guards, traps. Without
   ACCESS_EXECUTE nothing can be executed if the processor knows how to forbid it. */
void map_regions(const struct region *regions, size_t count);

/* Takes a page of a region out of the map, or puts it back. Nothing happens where there is no map of our own, or no memory to
   split a large page; a guard is then a page that nobody uses. */
void map_guard(uintptr_t page, bool guards);

#endif
#endif
