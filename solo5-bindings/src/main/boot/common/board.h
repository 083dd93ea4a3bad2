/* SPDX-License-Identifier: Apache-2.0 */
/* What a target gives to the common part, and all it gives. In the words of the Solo5 API, with handles, ready sets and
   results as there. Every function is called by one thread at a time. */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "manifest.h"

/* Results; the numbers are the ABI's. */
enum board_result { BOARD_OK = 0, BOARD_AGAIN = 1, BOARD_EINVAL = 2, BOARD_EUNSPEC = 3 };

/* A deadline that never comes. */
#define BOARD_NEVER UINT64_MAX

/* Exit status of a guest that gave up; 255 and above are not for programs. */
#define BOARD_ABORTED 255

struct board {
    uintptr_t memory_start; /* free memory, from behind the image ... */
    uintptr_t memory_end;   /* ... to below the stack and its guard page */
    uintptr_t stack_start;  /* the stack that boot() is entered on, down to here */
    uintptr_t stack_end;
    bool memory_is_zero;      /* nobody has written to the free memory yet */
    const char *command_line; /* NUL ended; stays where it is */
    const struct manifest *manifest; /* as the tender filled it, or the image's own */
};

/* Entered once by the target, on its stack; the common part's own. */
_Noreturn void boot(const struct board *board);

/* FS base of the one processor: gcc looks for the guard word of protected functions at offset 40. */
extern uint64_t thread_block[8];

void board_console_write(const char *text, size_t octets);

uint64_t board_clock_monotonic(void);
uint64_t board_clock_wall(void);

/* Sleeps until `deadline` on the monotonic clock, or until a device is ready; may wake for nothing. Level triggered; a
   deadline that has passed polls. The result has bit h set if handle h is ready. */
uint64_t board_yield(uint64_t deadline);

_Noreturn void board_exit(int status);
_Noreturn void board_abort(void);

/* AGAIN if there is no room now, and the frame is as if dropped. A frame may wait for board_net_flush. */
enum board_result board_net_write(unsigned handle, const void *frame, size_t octets);
void board_net_flush(unsigned handle);

/* `room` is at least the device's mtu + 14. AGAIN if there is no frame now. */
enum board_result board_net_read(unsigned handle, void *frame, size_t room, size_t *octets);

/* Whole blocks, as many as you like, inside the device. */
enum board_result board_block_read(unsigned handle, uint64_t offset, void *target, size_t octets);
enum board_result board_block_write(unsigned handle, uint64_t offset, const void *source, size_t octets);

#endif
