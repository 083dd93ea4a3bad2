/* SPDX-License-Identifier: Apache-2.0 */
/* What Java asks of the boot layer about the guest itself. */
#ifndef BOOT_H
#define BOOT_H

#include <stdint.h>

struct board;

const struct board *boot_board(void);

/* The monotonic clock when the target entered boot(). */
uint64_t boot_entered_at(void);

/* Prints Java's frames from the code at `rip` with the stack at `rsp`, if there is Java. */
void boot_report_frames(uint64_t rip, uint64_t rsp);

#endif
