/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"
#include "given.h"
#include "panic.h"
#include "system_call.h"
#include "tender.h"

enum { STACK_OCTETS = 1 << 20, PAGE = 4096, ARCH_SET_FS = 0x1002 };

extern char image_end[];

const struct tender *tender;

/* Memory from the image's end to the stack is free; the tender's own data lies below the image. There are no guard pages:
   Java's code compares its stack pointer with the stack's end, C's is shallow. */
_Noreturn void spt_start(const struct tender *handed_over, uintptr_t stack_end) {
    tender = handed_over;
    system_call(SYS_ARCH_PRCTL, ARCH_SET_FS, (long)thread_block, 0, 0, 0);
    const struct given given = {tender->memory_octets, stack_end, tender->command_line, tender->manifest};
    const char *fault = given_fault(&given);
    if (fault != NULL) {
        panic(fault);
    }
    uintptr_t stack_start = (stack_end - STACK_OCTETS) & -(uintptr_t)PAGE;
    const struct board board = {
        .memory_start = (uintptr_t)image_end,
        .memory_end = stack_start,
        .stack_start = stack_start,
        .stack_end = stack_end,
        .memory_is_zero = true,
        .command_line = tender->command_line,
        .manifest = tender->manifest,
    };
    boot(&board);
}
