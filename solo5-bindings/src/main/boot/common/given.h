/* SPDX-License-Identifier: Apache-2.0 */
/* What a tender hands over (ABI.md, 4 and 5), looked at before anything relies on it. */
#ifndef GIVEN_H
#define GIVEN_H

#include <stdint.h>

#include "manifest.h"

struct given {
    uint64_t memory_octets;
    uintptr_t stack_pointer; /* on entry, with no more than 16 octets of the stack in use */
    const char *command_line;
    const struct manifest *manifest;
};

/* What is wrong with it, or NULL. */
const char *given_fault(const struct given *given);

#endif
