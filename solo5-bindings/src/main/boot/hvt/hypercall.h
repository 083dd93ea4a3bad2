/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of the tender (ABI.md, 4): the address of the arguments, below 4 GB, goes to a port. */
#ifndef HYPERCALL_H
#define HYPERCALL_H

#include <stddef.h>
#include <stdint.h>

enum {
    HYPERCALL_PORT = 0x500,
    HYPERCALL_WALL_TIME = 1,
    HYPERCALL_PUTS = 2,
    HYPERCALL_POLL = 3,
    HYPERCALL_BLOCK_WRITE = 4,
    HYPERCALL_BLOCK_READ = 5,
    HYPERCALL_NET_WRITE = 6,
    HYPERCALL_NET_READ = 7,
    HYPERCALL_HALT = 8,
    KICK_PORT = 0x600,
};

static inline void hypercall(uint16_t number, volatile void *arguments) {
    __asm__ volatile("outl %0, %1"
                     :
                     : "a"((uint32_t)(uintptr_t)arguments), "d"((uint16_t)(HYPERCALL_PORT + number))
                     : "memory");
}

#endif
