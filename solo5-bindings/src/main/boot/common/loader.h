/* SPDX-License-Identifier: Apache-2.0 */
/* For targets that a loader starts on a machine as it comes, without a tender: what it says of memory and arguments, and the
   board that follows from that. Read in ring 0, before the first map goes. */
#ifndef LOADER_H
#define LOADER_H

#include <stdint.h>

#include "board.h"

struct loader {
    uintptr_t memory_end; /* of the memory that the image is in; 0 if the loader named none */
    char command_line[8192];
};

/* What pvh.S calls: the registers as the loader left them. Each target has its own. */
_Noreturn void loaded(uint32_t eax, uint32_t ebx);

/* Reads PVH's start information; false if that is none, or points to where nothing is. */
bool loader_read_pvh(struct loader *loader, uint32_t start_info);

/* A range of memory: if the image is in it, its end counts. */
void loader_add_memory(struct loader *loader, uint64_t start, uint64_t octets);

/* A text that may begin with the name of the image's file, up to a space, which is left out. What is too long is cut off. */
void loader_set_command_line(struct loader *loader, uint64_t address, bool begins_with_file);

/* The board: free memory, guard page and stack up to the end of memory, and the image's own manifest. False if there is not
   even room for the stack. */
bool loader_board(const struct loader *loader, struct board *board);

/* The stack that loaded() is entered on: good enough to say what is wrong. */
extern char pvh_stack_end[];

#endif
